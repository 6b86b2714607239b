import ContactSync
import Projections

/// What can be told of a tenant without asking it.
extension TenantChecks {
    var status: Finding {
        if tenant.isActive { return Finding("status", .ok, "active") }
        let isOurs = tenant.reason == TenantSwitch.reason
        return Finding(
            "status", isOurs ? .warn : .fail(.notPermitted), "disabled: \(tenant.why ?? "")", advice: tenant.advice)
    }

    var contactSync: Finding {
        if tenant.settings.contactSync { return Finding("contact sync", .ok, "on") }
        return Finding(
            "contact sync", .warn, "off",
            advice: "foxtrail settings set contactSync true --tenant \(tenant.domain)")
    }

    /// Nil where the tenant has no guard that could hold anything.
    var held: Finding? {
        if let hold = tenant.hold {
            return Finding(
                "guard", .warn, "sync \(hold.sync) is held: \(hold.held.extent): \(hold.held.cause)",
                advice: HeldTenants.advice)
        }
        return tenant.settings.guardLimits.isOff ? nil : Finding("guard", .ok, "nothing is held")
    }

    var expiry: Finding {
        switch tenant.authorized.signIn {
        case .clientSecret where tenant.authorized.expiresAt == nil:
            return Finding(
                "expiry", .ok,
                "unknown: only the app registration tells when a client secret expires; reauthorize --secret-expires DATE"
            )
        case .delegated: return Finding("expiry", .ok, "a sign-in lasts while it is used, mostly 90 days")
        case .clientSecret, .certificate:
            let what = tenant.authorized.signIn == .clientSecret ? "client secret" : "certificate"
            let day = tenant.authorized.expiresAt.map(Expiry.day) ?? "an unknown day"
            guard let warning = Expiry.warning(of: tenant) else {
                return Finding("expiry", .ok, "the \(what) is good until \(day)")
            }
            let isOver = tenant.authorized.expiresAt ?? 0 <= Clock.now()
            return Finding(
                "expiry", isOver ? .fail(.configuration) : .warn, "the \(what) ends on \(day)", advice: warning)
        }
    }

    /// Entra keeps the state of a delta round for some days only (learn.microsoft.com/graph/delta-query-overview).
    var deltaState: Finding {
        guard tenant.deltaLink != nil else { return Finding("delta state", .ok, "none: the next sync reads everybody") }
        guard let read = lastRead else { return Finding("delta state", .ok, "of unknown age") }
        let hours = (Clock.now() - read) / 3_600_000
        let age = hours < 48 ? "\(hours) h old" : "\(hours / 24) days old"
        if hours <= 7 * 24 { return Finding("delta state", .ok, age) }
        return Finding(
            "delta state", .warn, "\(age): the next sync may have to read everybody",
            advice: "let syncs run every day")
    }

    private var lastRead: Int64? {
        guard let log, log.tenants.contains(tenant.id), tenant.failedIn != log.sync, log.status != .running else {
            return tenant.fullReadAt
        }
        return log.completedAt
    }
}
