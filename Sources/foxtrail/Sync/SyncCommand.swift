import ArgumentParser
import ContactSync
import Projections
import SyncEngine

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Run a sync, see before what it would do, or how the latest one stands.",
        discussion: "Example: foxtrail sync preview",
        subcommands: [
            SyncRunCommand.self, SyncDue.self, SyncPreview.self, SyncApprove.self, SyncStatus.self,
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

struct SyncStatus: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how the latest sync stands.",
        discussion: "Example: foxtrail sync status --json")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption

    func run() throws { try LogShow.showLatest(global, moment) }
}
