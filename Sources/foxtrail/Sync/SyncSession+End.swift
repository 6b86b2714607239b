import ContactSync
import Projections
import SyncEngine

/// How a sync came out, for people and for scripts.
extension SyncSession {
    /// What a person can do about a sync that failed.
    func advice(_ log: SyncLog, _ tenants: [Tenant]) -> [String] {
        let lost = tenants.filter { $0.isLost && !$0.isActive && $0.settings.contactSync }
        let failed = tenants.filter { $0.failedIn == log.sync && !$0.isLost }.compactMap(\.failureAdvice)
        let hints =
            (log.helpDesk?.advice ?? []) + failed
            + lost.flatMap { [$0.advice, "foxtrail tenant reauthorize \($0.domain)"].compactMap { $0 } }
        return hints.enumerated().filter { hints.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    }

    /// What a sync failed at, with what to do; nil for one that completed.
    func failure(_ log: SyncLog) throws -> Failure? {
        guard log.status == .failed else { return nil }
        let held = HeldTenants(global)
        if try held.areAllThatFailed(log) { return Failure(.recordsFailed, log.reason ?? "", try held.hints) }
        let code: ExitCode = log.helpDesk?.isRefused == true ? .notPermitted : .remoteUnavailable
        let tenants = try global.readModels().read { try Installation.tenants($0) }
        return Failure(
            code, log.reason ?? "the sync failed",
            try advice(log, tenants) + held.hints
                + ["what was done before stands, and the next sync goes on from there"])
    }

    static let failedRecordsHint =
        "foxtrail log report names each failed record; foxtrail explain EMAIL tells what to do"

    /// Ends the command with the code that the log deserves.
    func conclude(_ log: SyncLog) throws {
        try mails.tell(global)
        notices.tell(global)
        if let failure = try failure(log) {
            failure.print()
            throw Finished(code: failure.code)
        }
        guard log.totals.failed > 0 else { return }
        if !global.quiet, !global.json {
            for hint in try HeldTenants(global).hints + [SyncSession.failedRecordsHint] {
                Output.line("hint: \(Output.printable(hint))")
            }
        }
        throw Finished(code: .recordsFailed)
    }
}
