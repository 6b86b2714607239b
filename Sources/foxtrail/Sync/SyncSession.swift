import ContactSync
import EntraID
import HTTP
import Projections
import SyncEngine

/// One sync as a command or the service runs it, with its progress, its summary and its exit code.
struct SyncSession: Sendable {
    let global: GlobalOptions
    /// Takes what is told while it runs, where nobody sits at a terminal.
    let log: (@Sendable (String) -> Void)?
    /// Called whenever the sync, or what follows it, has come a step further, with how long it waits now.
    let stepped: @Sendable (Duration) -> Void
    let mails = SyncMails()
    let notices = SyncNotices()

    init(
        global: GlobalOptions, log: (@Sendable (String) -> Void)? = nil,
        stepped: @escaping @Sendable (Duration) -> Void = { _ in }
    ) {
        self.global = global
        self.log = log
        self.stepped = stepped
    }

    func run(_ trigger: Trigger, _ planned: CheckedPlan? = nil) async throws -> SyncLog {
        let permit = planned.map { Permit.planned($0.decisions) } ?? .anything
        return try await run(planned) { try await $0.run(trigger, actor: $1, permit: permit) }
    }

    /// Runs a sync that is given its actor.
    func run(_ trigger: Trigger, as actor: String) async throws -> SyncLog {
        try await run(as: actor) { try await $0.run(trigger, actor: $1) }
    }

    /// Runs a sync as the agent who acts.
    func run(
        _ planned: CheckedPlan? = nil, _ body: (_ syncer: Syncer, _ actor: String) async throws -> SyncLog
    ) async throws -> SyncLog {
        try await run(as: global.permittedActor(), planned, body)
    }

    func run(
        as actor: String, _ planned: CheckedPlan? = nil,
        _ body: (_ syncer: Syncer, _ actor: String) async throws -> SyncLog
    ) async throws -> SyncLog {
        let log: SyncLog
        do {
            log = try await run(.store(try Store(home: global.directory)), planned) { try await body($0, actor) }
        } catch {
            // Where another sync is at work, or none is due, this is none that could have anything to tell.
            if !error.isNoSync, let trouble = await notices.sendWithoutSync(global, actor: actor, stepped) {
                tell(trouble)
            }
            throw error
        }
        await notices.send(behind: log, global, actor: actor, stepped) { signCheckpoint(actor: actor) }
        return log
    }

    /// Runs a sync for good, or rehearses it.
    func run(
        _ ledger: Ledger, _ planned: CheckedPlan? = nil, _ body: (_ syncer: Syncer) async throws -> SyncLog
    ) async throws -> SyncLog {
        let progress = ProgressLine(quiet: global.quiet, zone: try zone, log: log, stepped: stepped)
        defer { progress.clear() }
        Interruption.listen()
        let web = try Connection.web(progress: progress)
        let deskWeb = try HelpDeskAccess.web()
        let result: Result<SyncLog, any Error>
        do {
            result = .success(try await body(syncer(ledger, planned, web, deskWeb, progress)))
        } catch { result = .failure(error) }
        await web.shutdown()
        await deskWeb.shutdown()
        do { return try result.get() } catch SyncError.nothingToSync { throw try NothingToSync.failure(global) }
    }

    private func syncer(
        _ ledger: Ledger, _ planned: CheckedPlan?, _ web: WebClient, _ deskWeb: WebClient, _ progress: ProgressLine
    ) -> Syncer {
        let (secrets, log) = (global.secrets, log)
        return Syncer(
            ledger: ledger,
            connect: { tenant in
                // A tenant without its secret fails for itself, as one that cannot be read does.
                do {
                    if let warning = Expiry.warning(of: tenant) { progress.hint(warning) }
                    return try Connection.client(for: tenant, secrets: secrets, web: web, progress: progress)
                } catch let error as EntraError {
                    throw error
                } catch {
                    let failure = Failure(describing: error)
                    throw EntraError(.unexpected, failure.message, hints: failure.hints)
                }
            },
            helpDesk: HelpDeskAccess.connection(
                secrets: secrets, web: deskWeb, progress: progress, isRehearsal: ledger.isRehearsal),
            mailing: mails.mailing(secrets, progress), recentRequests: planned?.recentRequests, now: Clock.now,
            began: { log?("sync \($0) begins") },
            progress: progress.show)
    }

    /// Behind the sync, which has ended: whatever is wrong with the key or the disk cannot change how it came out.
    private func signCheckpoint(actor: String) {
        do { _ = try Signing(home: global.directory).sign(actor: actor) } catch {
            let failure = Failure(describing: error)
            tell(["the sync is done, but no checkpoint was signed: \(failure.message)"] + failure.hints)
        }
    }

    private func tell(_ lines: [String]) {
        for line in lines { if let log { log(line) } else { Notice.tell(["hint: \(line)"]) } }
    }

    func show(_ log: SyncLog) throws { LogShow.show(log, zone: try zone, json: global.json) }

    func json(_ log: SyncLog) throws -> JSONValue { .object(log.json(zone: try zone)) }

    private var zone: String {
        get throws { try global.readModels().read { try Installation.account($0)?.timeZone } ?? "UTC" }
    }
}

extension Error {
    /// Whether a sync did not begin because it had no reason to, or because another one runs, or was told to end.
    fileprivate var isNoSync: Bool {
        switch self as any Error {
        case SyncError.busy, SyncError.notDue: true
        default: self is CancellationError
        }
    }
}
