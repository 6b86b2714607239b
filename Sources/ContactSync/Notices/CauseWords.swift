/// What each cause is called, at its beginning and at its end.
struct CauseWords {
    let cause: NoticeCause
    let facts: NoticeFacts
    /// The day of `facts.expiresAt`.
    let expiry: String?

    private var domain: String { facts.domain ?? cause.tenant?.rawValue ?? "" }

    var raised: String {
        switch cause.kind {
        case .tenantNotRead: "\(domain) could not be synced"
        case .tenantDisabled: "\(domain) was disabled, because Entra ID took the authorization back"
        case .tenantHeld: "the guard holds what a sync would change of \(domain)"
        case .recordsFailing: failing
        case .credentialExpiring: expiring
        case .helpDeskDown: "the help desk cannot be reached"
        case .helpDeskRefuses: "the help desk does not accept the API key"
        }
    }

    var recovered: String {
        switch cause.kind {
        case .tenantNotRead: "\(domain) can be read again"
        case .tenantDisabled: "\(domain) is active again"
        case .tenantHeld: "the guard no longer holds anything of \(domain)"
        case .recordsFailing: "no record of \(domain) fails any more"
        case .credentialExpiring: "the \(credential) of \(domain) was renewed"
        case .helpDeskDown: "the help desk can be reached again"
        case .helpDeskRefuses: "the help desk accepts the API key again"
        }
    }

    private var failing: String {
        let new = facts.records?.new ?? 0
        return "\(new) \(new == 1 ? "record" : "records") of \(domain) newly \(new == 1 ? "fails" : "fail")"
    }

    private var expiring: String {
        let when = cause.detail == "0" ? "expired" : "expires"
        return "the \(credential) of \(domain) \(when)" + (expiry.map { " on \($0)" } ?? "")
    }

    private var credential: String { facts.signIn == .certificate ? "certificate" : "client secret" }

    var details: [(name: String, value: String)] {
        var details: [(name: String, value: String)] = []
        if let reason = facts.reason {
            let code = facts.aadsts.map { "AADSTS\($0)" }
            details.append(("reason", reason + (code.map { reason.contains($0) ? "" : " (\($0))" } ?? "")))
        }
        if let records = facts.records {
            details.append(("failing", "\(records.new) newly, \(records.failing) in all"))
            let reasons = records.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            details.append(("reasons", reasons.map { "\($0.value) \(words(of: $0.key))" }.joined(separator: ", ")))
        }
        return details
    }

    private func words(of reason: String) -> String {
        switch reason {
        case "emailMissing": "without an e-mail"
        case "emailInvalid": "with an e-mail that is no address"
        case "nameMissing": "without a name"
        case "phoneEmpty": "with an empty phone number"
        case "datatypeMismatch", "notAChoice": "with a value that does not fit its field"
        case "requiredEmpty": "with an empty required field"
        case "sameEmail", "emailTaken": "with an e-mail that another has"
        case "refused": "refused by the help desk"
        default: reason
        }
    }

    var advice: [String] {
        let given = facts.advice ?? []
        switch cause.kind {
        case .tenantNotRead: return given + (cause.detail == "unavailable" ? ["the next sync tries again"] : [])
        case .tenantDisabled: return given + ["foxtrail tenant reauthorize \(domain)"]
        case .tenantHeld:
            return [
                "foxtrail sync approve lets it through; or undo what caused it: each later sync is held again until then"
            ]
        case .recordsFailing:
            return ["foxtrail explain EMAIL tells for each record what to do; all are tried again at each sync"]
        case .credentialExpiring:
            let option =
                facts.signIn == .certificate ? "certificate FILE" : "client-secret-file FILE --secret-expires DATE"
            return ["make a new one in the app registration: foxtrail tenant reauthorize \(domain) --\(option)"]
        case .helpDeskDown, .helpDeskRefuses: return given
        }
    }

    var commands: [String] {
        switch cause.kind {
        case .tenantNotRead, .tenantDisabled: ["foxtrail doctor \(domain)", "foxtrail sync status"]
        case .tenantHeld: ["foxtrail sync status", "foxtrail sync preview"]
        case .recordsFailing: ["foxtrail log report"]
        case .credentialExpiring: ["foxtrail tenant show \(domain)"]
        case .helpDeskDown, .helpDeskRefuses: ["foxtrail doctor", "foxtrail sync status"]
        }
    }
}
