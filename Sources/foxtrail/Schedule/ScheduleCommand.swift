import ArgumentParser
import ContactSync
import Foundation
import GRDB
import Projections
import SyncEngine

struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "Show when the next automatic syncs are due.",
        discussion: """
            Example: foxtrail schedule --count 3
                     foxtrail schedule --after 2026-03-28 --json

            A sync is due each day at 00:00 by the clock of the account's time zone. Where the clock skips midnight it is \
            due at the first instant of that day, and where midnight comes twice at the first. A day that the zone leaves \
            out has none. A new time zone counts from the next day: from its first midnight whose date is later than that \
            of the last one by the old zone.

            Syncs that were missed, because nothing ran or the machine was off, are made up for by one. A failed sync \
            counts as that day's; one that was interrupted is run again. Syncs by hand change nothing. What was switched \
            off and is switched on again (tenant enable, tenant reauthorize, app install) waits for the next midnight.

            `foxtrail serve` runs what is due, and so does `foxtrail sync due` from cron or a timer. Clocks are changed as \
            the system's time zone database says (tzdata; TZDIR names another directory than /usr/share/zoneinfo).
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption
    @Option(help: ArgumentHelp("Those after this time; else after now. Written as for --at.", valueName: "time"))
    var after: String?
    @Option(help: "How many.") var count = 7

    func run() throws {
        guard 1...10_000 ~= count else { throw Failure(.usage, "--count takes 1 to 10000") }
        let models = try moment.readModels(global)
        let schedule = try models.read { try Schedule($0, now: models.time) }
        var time = try start(models)
        var midnights: [Midnight] = []
        for _ in 0..<count {
            guard let next = schedule.next(after: time) else { break }
            midnights.append(next)
            time = next.at
        }
        show(midnights)
        if !schedule.hasWork, !models.isPast, !global.json {
            let why = try NothingToSync.failure(global)
            Notice.hint("nothing would be synced: \(why.message)", quiet: global.quiet)
        }
    }

    private func start(_ models: ReadModels) throws -> Int64 {
        guard let after else { return models.time }
        return try TimeArgument.end(after, named: "--after", models)
    }

    private func show(_ midnights: [Midnight]) {
        if global.json {
            return midnights.forEach { Output.json([("at", .string($0.utc)), ("local", .string($0.local))]) }
        }
        Output.table(
            ["UTC", "LOCAL", "TIME ZONE", "NOTE"],
            midnights.map { [$0.utc, $0.local, $0.zone, $0.oddities.map(\.words).joined(separator: "; ")] })
    }
}

/// A time that is given as an argument.
enum TimeArgument {
    /// Its last millisecond, by the account's clock where it has no offset.
    static func end(_ text: String, named option: String, _ models: ReadModels) throws -> Int64 {
        guard let time = NamedTime(text) else {
            throw Failure(
                .badInput, "\(option) \(text) is no time",
                [
                    "a date such as 2026-11-24 (its end), 2026-11-24T10:00 by the account's clock, "
                        + "or 2026-11-24T09:00:00Z"
                ])
        }
        let name = try models.read { try Installation.account($0)?.timeZone }
        return time.end(in: name.map { ZoneRules(account: $0) } ?? .utc)
    }
}
