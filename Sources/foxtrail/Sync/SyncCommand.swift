import ArgumentParser
import ContactSync
import EntraID
import Foundation
import HTTP
import Projections
import SyncEngine

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Run a sync, or see how the latest one stands.",
        subcommands: [SyncRunCommand.self, SyncStatus.self])
}

struct SyncRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Sync all active tenants now.",
        discussion: "Exit code 0: everything synced; 2: some records failed; 69: a tenant could not be read.")
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await SyncSession(global: global).run(.manual)
    }
}

/// One sync as a command runs it, with its progress, its summary and its exit code.
struct SyncSession {
    let global: GlobalOptions

    func run(_ trigger: Trigger) async throws {
        let actor = try global.permittedActor()
        let progress = ProgressLine(quiet: global.quiet)
        let web = try Connection.web(progress: progress)
        let secrets = global.secrets
        let syncer = Syncer(
            store: try Store(home: global.directory),
            connect: { tenant in
                // A tenant without its secret fails for itself, as one that cannot be read does.
                do { return try Connection.client(for: tenant, secrets: secrets, web: web) } catch let failure
                    as Failure
                {
                    throw EntraError(.unexpected, failure.message, hints: failure.hints)
                }
            },
            now: Clock.now, progress: { progress.show($0) })
        let log = try await syncer.run(trigger, actor: actor)
        progress.clear()
        await web.shutdown()
        let zone = try global.readModels().read { try Installation.account($0)?.timeZone } ?? "UTC"
        LogShow.show(log, zone: zone, json: global.json)
        if log.status == .failed {
            Failure(
                .remoteUnavailable, log.reason ?? "the sync failed",
                ["what was read before stands; the next sync goes on"]
            ).print()
            throw Finished(code: .remoteUnavailable)
        }
        if log.totals.failed > 0 {
            if !global.quiet, !global.json {
                Output.line(
                    "hint: foxtrail log report names each failed record; foxtrail explain EMAIL tells what to do")
            }
            throw Finished(code: .recordsFailed)
        }
    }
}

struct SyncStatus: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "How the latest sync stands.")
    @OptionGroup var global: GlobalOptions

    func run() throws { try LogShow.showLatest(global) }
}

struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "The latest sync's log.", subcommands: [LogShow.self, LogReport.self])
}

struct LogShow: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Totals of the latest sync.")
    @OptionGroup var global: GlobalOptions

    func run() throws { try LogShow.showLatest(global) }

    static func showLatest(_ global: GlobalOptions) throws {
        let (log, zone) = try global.readModels().read {
            (try SyncLog.fetch($0), try Installation.account($0)?.timeZone)
        }
        guard let log else { throw Failure(.configuration, "there was no sync yet", ["foxtrail sync run"]) }
        show(log, zone: zone ?? "UTC", json: global.json)
    }

    static func show(_ log: SyncLog, zone: String, json: Bool) {
        if json {
            return Output.json([
                ("sync", .number(String(log.sync))), ("trigger", .string(log.trigger.rawValue)),
                ("status", .string(log.status.rawValue)),
                ("startedAt", Output.json(time: log.startedAt)), ("completedAt", Output.json(time: log.completedAt)),
                ("timeZone", .string(zone)), ("synced", .number(String(log.totals.synced))),
                ("failed", .number(String(log.totals.failed))),
                ("new", .number(String(log.totals.new))), ("existing", .number(String(log.totals.existing))),
                ("reason", JSONValue(log.reason)),
            ])
        }
        Output.table(
            ["SYNC", "TRIGGER", "STATUS", "COMPLETED AT (\(zone))", "SYNCED", "NEW", "EXISTING", "FAILED"],
            [
                [
                    String(log.sync), log.trigger.rawValue, log.status.rawValue,
                    Output.time(log.completedAt, zone: zone),
                    String(log.totals.synced), String(log.totals.new), String(log.totals.existing),
                    String(log.totals.failed),
                ]
            ])
        if let reason = log.reason { Output.line("reason: \(Output.printable(reason))") }
    }
}

struct LogReport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "The latest sync's report as CSV, one row for every selected user.",
        discussion: "Example: foxtrail log report -o report.csv")
    @OptionGroup var global: GlobalOptions
    @Option(name: [.short, .long], help: "Write to this file instead of stdout.") var output: String?

    func run() throws {
        let models = try global.readModels()
        if let output, !FileManager.default.createFile(atPath: output, contents: nil) {
            throw Failure(.cannotCreate, "the file \(output) cannot be written", ["check its directory and rights"])
        }
        let file = output.flatMap { FileHandle(forWritingAtPath: $0) } ?? .standardOutput
        var buffer = Data(CSV.line(Report.header).utf8)
        try models.read { db in
            try Report.each(db) { row in
                if global.json {
                    return Output.json(zip(["email", "type", "status", "result"], row.cells).map { ($0, .string($1)) })
                }
                buffer.append(contentsOf: CSV.line(row.cells).utf8)
                if buffer.count > 1 << 16 {
                    try file.write(contentsOf: buffer)
                    buffer.removeAll(keepingCapacity: true)
                }
            }
        }
        if !global.json { try file.write(contentsOf: buffer) }
    }
}
