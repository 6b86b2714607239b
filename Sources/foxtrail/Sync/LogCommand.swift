import ArgumentParser
import ContactSync
import Foundation
import GRDB
import Projections
import SyncEngine

struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "The latest sync's log.",
        discussion: "Example: foxtrail log report -o report.csv",
        subcommands: [LogShow.self, LogReport.self])
}

struct LogShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the totals of the latest sync.",
        discussion: "Example: foxtrail log show --json")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption

    /// - Parameter work: What a sync is at that left no trace yet.
    static func noSync(_ work: String? = nil, in models: ReadModels) -> Failure {
        let hint =
            models.isPast ? "foxtrail journal list --type syncStarted shows when syncs began" : "foxtrail sync run"
        return Failure(.configuration, "there was no sync yet\(models.atEvent)", [work ?? hint])
    }

    func run() throws { try LogShow.showLatest(global, moment) }

    static func showLatest(_ global: GlobalOptions, _ moment: AtOption) throws {
        let models = try moment.readModels(global)
        let (log, zone, work) = try models.read { db in
            let log = try SyncLog.fetch(db).map { try soFar($0, db, models) }
            return (log, try Installation.account(db)?.timeZone, try unseenWork(log, db, models))
        }
        guard let log else { throw noSync(work, in: models) }
        show(log, zone: zone ?? "UTC", json: global.json)
        if !global.json { for hint in try HeldTenants(global).hints { Notice.hint(hint, quiet: global.quiet) } }
        if let work { Notice.hint(work, quiet: global.quiet) }
        if !global.json, let hint = unreached(log) { Notice.hint(hint, quiet: global.quiet) }
    }

    /// The totals are those of the report, in which whoever has not been reached is not synced.
    private static func unreached(_ log: SyncLog) -> String? {
        guard log.totals.failed > 0, log.status == .interrupted || log.status == .running else { return nil }
        let why = log.status == .running ? "has not reached yet" : "did not reach before it was interrupted"
        return "among the failed are those whom the sync \(why): foxtrail log report tells which"
    }

    /// What a process is at that holds the lock of syncs, where the log of the latest one does not show it: before its
    /// first reading a sync may have to wait for the help desk, and account e-mails come after the end.
    private static func unseenWork(_ log: SyncLog?, _ db: Database, _ models: ReadModels) throws -> String? {
        guard log?.status != .running, !models.isPast, SyncLock.isHeld(home: models.home) else { return nil }
        return try AccountMails.underWay(db).isEmpty
            ? "a sync is at work and has not begun to read" : "a sync is at work, and account e-mails are under way"
    }

    /// A sync without an end is at work, or was killed and the next one will say so. In the past it was at work.
    static func soFar(_ log: SyncLog, _ db: Database, _ models: ReadModels) throws -> SyncLog {
        guard log.status == .running else { return log }
        var log = log
        log.totals = try Tally.totals(db, log)
        if !models.isPast, !SyncLock.isHeld(home: models.home) {
            (log.status, log.reason) = (.interrupted, "interrupted")
        }
        return log
    }

    static func show(_ log: SyncLog, zone: String, json: Bool) {
        if json { return Output.json(log.json(zone: zone)) }
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
        commandName: "report", abstract: "Write the latest sync's report as CSV, one row for every selected user.",
        discussion: "Example: foxtrail log report -o report.csv")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption
    @Option(name: [.short, .long], help: ArgumentHelp("Write to this file instead of stdout.", valueName: "file"))
    var output: String?

    func run() throws {
        let models = try moment.readModels(global)
        guard try models.read({ try SyncLog.fetch($0) }) != nil else { throw LogShow.noSync(in: models) }
        let file = try output.map { try OutputFile(path: $0) }
        let isTerminal = file == nil && isatty(STDOUT_FILENO) == 1
        func write(_ bytes: [UInt8]) throws { if let file { try file.write(bytes) } else { Output.write(bytes) } }
        var buffer = global.json ? [] : Array(CSV.line(Report.header).utf8)
        var count = 0
        try models.read { db in
            let log = try SyncLog.fetch(db).map { try LogShow.soFar($0, db, models) }
            try models.journal.read { journal in
                try Report.each(db, log: log, journal: journal) { row in
                    count += 1
                    let cells = isTerminal ? row.cells.map { Output.printable($0) } : row.cells
                    buffer += Array((global.json ? row.jsonLine : CSV.line(cells)).utf8)
                    if buffer.count > 1 << 16 {
                        try write(buffer)
                        buffer.removeAll(keepingCapacity: true)
                    }
                }
            }
        }
        try write(buffer)
        try file?.finish()
        // What a script has the rows go through may be stdout by another name.
        if let output, file?.isRegular == true, !global.quiet, !global.json {
            Output.line(Output.printable("\(count) row\(count == 1 ? "" : "s") in \(output)"))
        }
    }
}

extension ReportRow {
    fileprivate var jsonLine: String {
        let names = ["email", "type", "status", "result", "objectID"]
        let members = zip(names, cells + [objectID]).map { ($0, JSONValue.string($1)) }
        return Output.text(of: members) + "\n"
    }
}

extension SyncLog {
    func json(zone: String) -> [(key: String, value: JSONValue)] {
        [
            ("sync", .number(String(sync))), ("trigger", .string(trigger.rawValue)),
            ("status", .string(status.rawValue)), ("startedAt", Output.json(time: startedAt)),
            ("completedAt", Output.json(time: completedAt)), ("timeZone", .string(zone)),
            ("synced", .number(String(totals.synced))), ("failed", .number(String(totals.failed))),
            ("new", .number(String(totals.new))), ("existing", .number(String(totals.existing))),
            ("reason", JSONValue(reason)), ("held", .number(String(totals.held ?? 0))),
        ]
    }
}
