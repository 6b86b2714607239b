import ArgumentParser
import ContactSync
import EntraID
import HTTP
import Projections
import SyncEngine

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Run a sync, see before what it would do, or how the latest one stands.",
        discussion: "Example: foxtrail sync preview",
        subcommands: [
            SyncRunCommand.self, SyncPreview.self, SyncApprove.self, SyncStatus.self,
        ])
}

struct SyncRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Sync all active tenants now.",
        discussion: """
            Example: foxtrail sync run --quiet
                     foxtrail sync run --plan tonight.plan

            With a plan of `sync preview --save` it decides once more first, and changes nothing (65) where anything has \
            moved since. Whatever moves still later is left to the next sync, and this one ends as failed.

            Exit code 0: everything synced; 2: some records failed, or a guard holds them; 69: a tenant could not be \
            read, or the help desk not be reached; 77: the help desk does not accept the key.
            """)
    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("Apply this plan, and nothing else.", valueName: "file")) var plan: String?

    func run() async throws {
        let session = SyncSession(global: global)
        let planned = try await session.checked(plan: plan)
        let log = try await session.run(.manual, planned)
        try session.show(log)
        if let left = planned?.decisions.left, left > 0 {
            Notice.hint("\(left) planned decisions were no longer needed when it came to them", quiet: global.quiet)
        }
        try session.conclude(log)
    }
}

/// One sync as a command runs it, with its progress, its summary and its exit code.
struct SyncSession {
    let global: GlobalOptions
    private let mails = SyncMails()

    init(global: GlobalOptions) { self.global = global }

    func run(_ trigger: Trigger, _ planned: CheckedPlan? = nil) async throws -> SyncLog {
        let permit = planned.map { Permit.planned($0.decisions) } ?? .anything
        return try await run(planned) { try await $0.run(trigger, actor: $1, permit: permit) }
    }

    /// Runs a sync as the agent who acts.
    func run(
        _ planned: CheckedPlan? = nil, _ body: (_ syncer: Syncer, _ actor: String) async throws -> SyncLog
    ) async throws -> SyncLog {
        let actor = try global.permittedActor()
        let log = try await run(.store(try Store(home: global.directory)), planned) { try await body($0, actor) }
        signCheckpoint(actor: actor)
        return log
    }

    /// Runs a sync for good, or rehearses it.
    func run(
        _ ledger: Ledger, _ planned: CheckedPlan? = nil, _ body: (_ syncer: Syncer) async throws -> SyncLog
    ) async throws -> SyncLog {
        let progress = ProgressLine(quiet: global.quiet, zone: try zone)
        defer { progress.clear() }
        Interruption.listen()
        let web = try Connection.web(progress: progress)
        let deskWeb = try HelpDeskAccess.web()
        let secrets = global.secrets
        let syncer = Syncer(
            ledger: ledger,
            connect: { tenant in
                // A tenant without its secret fails for itself, as one that cannot be read does.
                do {
                    if let warning = Expiry.warning(of: tenant) {
                        progress.clear()
                        Notice.hint(warning, quiet: global.quiet)
                    }
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
            progress: { progress.show($0) })
        let log: SyncLog
        do { log = try await body(syncer) } catch SyncError.nothingToSync {
            throw try NothingToSync.failure(global)
        }
        await web.shutdown()
        await deskWeb.shutdown()
        progress.clear()
        return log
    }

    /// Behind the sync, which has ended: whatever is wrong with the key or the disk cannot change how it came out.
    private func signCheckpoint(actor: String) {
        do { _ = try Signing(home: global.directory).sign(actor: actor) } catch {
            let failure = Failure(describing: error)
            Notice.tell(
                ["hint: the sync is done, but no checkpoint was signed: \(failure.message)"]
                    + failure.hints.map { "hint: \($0)" })
        }
    }

    func show(_ log: SyncLog) throws { LogShow.show(log, zone: try zone, json: global.json) }

    func json(_ log: SyncLog) throws -> JSONValue { .object(log.json(zone: try zone)) }

    /// What a person can do about a sync that failed.
    func advice(_ log: SyncLog, _ tenants: [Tenant]) -> [String] {
        let lost = tenants.filter { $0.isLost && !$0.isActive && $0.settings.contactSync }
        let failed = tenants.filter { $0.failedIn == log.sync && !$0.isLost }.compactMap(\.failureAdvice)
        let hints =
            (log.helpDesk?.advice ?? []) + failed
            + lost.flatMap { [$0.advice, "foxtrail tenant reauthorize \($0.domain)"].compactMap { $0 } }
        return hints.enumerated().filter { hints.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    }

    private var zone: String {
        get throws { try global.readModels().read { try Installation.account($0)?.timeZone } ?? "UTC" }
    }

    /// Ends the command with the code that the log deserves.
    func conclude(_ log: SyncLog) throws {
        try mails.tell(global)
        let held = HeldTenants(global)
        if try log.status == .failed && held.areAllThatFailed(log) {
            Failure(.recordsFailed, log.reason ?? "", try held.hints).print()
            throw Finished(code: .recordsFailed)
        }
        if log.status == .failed {
            let code: ExitCode = log.helpDesk?.isRefused == true ? .notPermitted : .remoteUnavailable
            let tenants = try global.readModels().read { try Installation.tenants($0) }
            Failure(
                code, log.reason ?? "the sync failed",
                try advice(log, tenants) + held.hints
                    + ["what was done before stands, and the next sync goes on from there"]
            ).print()
            throw Finished(code: code)
        }
        if log.totals.failed > 0 {
            if !global.quiet, !global.json {
                for hint in try held.hints { Output.line("hint: \(Output.printable(hint))") }
                Output.line(
                    "hint: foxtrail log report names each failed record; foxtrail explain EMAIL tells what to do")
            }
            throw Finished(code: .recordsFailed)
        }
    }
}

struct SyncStatus: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how the latest sync stands.",
        discussion: "Example: foxtrail sync status --json")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption

    func run() throws { try LogShow.showLatest(global, moment) }
}
