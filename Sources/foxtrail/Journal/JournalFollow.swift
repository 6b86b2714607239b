import ArgumentParser
import GRDB
import Journal
import Projections

struct JournalFollow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow", abstract: "Print events as they are appended, until Ctrl-C.",
        discussion: """
            Example: foxtrail journal follow --type contactFailed
                     foxtrail journal follow --from 100 --json | jq .type

            Only what is durable is printed; the journal is looked at five times a second.
            """)
    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("The position to begin at; else with what comes from now on.", valueName: "position"))
    var from: Int64?
    @Option(help: ArgumentHelp("End after so many events.", valueName: "count")) var count: Int64?
    @OptionGroup var choice: EventChoice

    func run() throws {
        try choice.check()
        guard count ?? 0 >= 0 else { throw Failure(.usage, "--count cannot be negative") }
        let models = try global.readModels()
        // Before the table's head, which tells who waits for it that nothing is missed from now on.
        let end = try models.journal.read { try JournalReader.lastPosition($0).rawValue }
        var listing = try EventListing(models, json: global.json)
        var tail = JournalTail(path: JournalFile.path(home: global.directory), from: from ?? end + 1, end: end)
        var left = count ?? .max
        while left > 0 {
            let events = try tail.read()
            for event in events {
                listing.learn(from: event)
                guard left > 0, choice.includes(event) else { continue }
                left -= 1
                listing.show(event)
            }
            if events.isEmpty { Output.wait(milliseconds: 200) }
        }
    }
}
