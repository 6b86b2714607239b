import ArgumentParser
import GRDB
import Journal
import Projections

struct JournalList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List events in order.",
        discussion: "Example: foxtrail journal list --from 100 --limit 20 --type contactFailed")
    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("The position to begin at.", valueName: "position")) var from: Int64 = 1
    @Option(help: ArgumentHelp("How many events at most.", valueName: "count")) var limit: Int64?
    @OptionGroup var choice: EventChoice

    func run() throws {
        try choice.check()
        guard limit ?? 0 >= 0 else { throw Failure(.usage, "--limit cannot be negative") }
        let models = try global.readModels()
        let listing = try EventListing(models, json: global.json)
        var left = limit ?? .max
        let end = choice.type == nil && left <= .max - max(from, 1) ? max(from, 1) + left - 1 : .max
        try models.journal.read { db in
            try JournalReader.each(db, from: from, to: end) { event in
                guard left > 0, choice.includes(event) else { return }
                left -= 1
                listing.show(event)
            }
        }
    }
}
