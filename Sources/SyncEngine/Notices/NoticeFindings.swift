import ContactSync
import GRDB
import Projections

/// What stands now, topic by topic, as the read models have it. Asked behind each sync, and in between.
enum NoticeFindings {
    /// - Parameter now: Milliseconds since 1970.
    static func find(_ db: Database, at now: Int64) throws -> [NoticeFinding] {
        let tenants = try Installation.tenants(db)
        let expiries = tenants.compactMap { credential(of: $0, at: now) }
        let log = try SyncLog.fetch(db)
        // What a sync has half done is no finding yet.
        if log?.status == .running { return expiries }
        let open = try Notices.open(db)
        let failing = try tenants.compactMap { try records(of: $0, open, db) }
        let desk = try helpDesk(HelpDeskState.fetch(db).desk, log)
        return tenants.flatMap { [access(to: $0), hold(of: $0)] } + failing + expiries + [desk].compactMap { $0 }
    }

    static func access(to tenant: Tenant) -> NoticeFinding {
        var facts = NoticeFacts(domain: tenant.domain)
        guard tenant.isOfConcern else { return NoticeFinding(.init(.access, tenant.id), .obsolete) }
        if !tenant.isActive {
            (facts.reason, facts.aadsts) = (tenant.reason, tenant.aadsts)
            facts.advice = tenant.advice.map { [$0] }
            return .stands(NoticeCause(.tenantDisabled, tenant.id), facts)
        }
        guard let unread = tenant.unread else { return NoticeFinding(.init(.access, tenant.id), .well) }
        (facts.reason, facts.aadsts) = (tenant.failure, unread.aadsts)
        facts.advice = tenant.failureAdvice.map { [$0] }
        let detail = unread.mayPass ? "unavailable" : "refused"
        return .stands(NoticeCause(.tenantNotRead, tenant.id, detail: detail), facts)
    }

    static func hold(of tenant: Tenant) -> NoticeFinding {
        let topic = NoticeCause.Topic(.hold, tenant.id)
        guard tenant.isOfConcern else { return NoticeFinding(topic, .obsolete) }
        guard let hold = tenant.hold else { return NoticeFinding(topic, .well) }
        var facts = NoticeFacts(domain: tenant.domain)
        facts.reason = "\(hold.held.extent): \(hold.held.cause)"
        return .stands(NoticeCause(.tenantHeld, tenant.id), facts)
    }

    /// Nil while records fail of which all was told. New is who began to fail behind the sync that was told last: so
    /// nothing is missed where a sync could not tell.
    private static func records(of tenant: Tenant, _ open: [NoticeRow], _ db: Database) throws -> NoticeFinding? {
        let topic = NoticeCause.Topic(.records, tenant.id)
        guard tenant.isOfConcern else { return NoticeFinding(topic, .obsolete) }
        let failing = try FailingRecords.count(of: tenant.id, db)
        if failing == 0 { return NoticeFinding(topic, .well) }
        let told = open.map(\.raised.cause).filter { $0.topic == topic }.compactMap { Int64($0.detail ?? "") }.max()
        let new = try FailingRecords.begun(after: told ?? 0, of: tenant.id, db)
        if new.count == 0 { return nil }
        var facts = NoticeFacts(domain: tenant.domain)
        facts.records = .init(new: new.count, failing: failing, reasons: new.reasons)
        return .stands(NoticeCause(.recordsFailing, tenant.id, detail: String(new.last)), facts)
    }

    /// Nil where the tenant is lost: whatever the reason, it is told already, and authorizing it again mends both.
    static func credential(of tenant: Tenant, at now: Int64) -> NoticeFinding? {
        let topic = NoticeCause.Topic(.credential, tenant.id)
        guard tenant.isOfConcern else { return NoticeFinding(topic, .obsolete) }
        guard tenant.isActive else { return nil }
        guard let days = tenant.daysToExpiry(at: now), let threshold = threshold(days) else {
            return NoticeFinding(topic, .well)
        }
        var facts = NoticeFacts(domain: tenant.domain)
        (facts.expiresAt, facts.signIn) = (tenant.authorized.expiresAt, tenant.authorized.signIn)
        return .stands(NoticeCause(.credentialExpiring, tenant.id, detail: threshold), facts)
    }

    private static func threshold(_ days: Int64) -> String? {
        days < 0 ? "0" : days < 7 ? "7" : days < 30 ? "30" : nil
    }

    /// Nil where no sync has come to its end since.
    static func helpDesk(_ desk: HelpDesk, _ log: SyncLog?) -> NoticeFinding? {
        let topic = NoticeCause.Topic(.helpDesk)
        guard desk.kind != .embedded else { return NoticeFinding(topic, .obsolete) }
        guard let log, log.status == .completed || log.status == .failed else { return nil }
        // Where a plan no longer holds, whoever gave the plan is told.
        guard let trouble = log.helpDesk, trouble.isUnplanned != true else { return NoticeFinding(topic, .well) }
        var facts = NoticeFacts()
        (facts.reason, facts.advice) = (trouble.reason, trouble.advice)
        return .stands(NoticeCause(trouble.isRefused ? .helpDeskRefuses : .helpDeskDown), facts)
    }
}

extension Tenant {
    /// It should be synced, and no agent has switched it off.
    fileprivate var isOfConcern: Bool { !isDeleted && settings.contactSync && (isActive || isLost) }
}
