import ArgumentParser
import ContactSync
import Journal
import Projections

/// Which events are told, of those that are there.
struct EventChoice: ParsableArguments {
    @Option(help: ArgumentHelp("Only events of this type, such as contactCreated.", valueName: "type")) var type:
        String?

    /// Refuses a type that no event has.
    func check() throws {
        guard let type, EventType(rawValue: type) == nil else { return }
        let near = EditDistance.nearest(to: type, in: EventType.allCases.map(\.rawValue))
        throw Failure(
            .usage, "there are no events of type \(type)",
            [near.map { "did you mean \($0)?" } ?? "foxtrail journal stat shows the types"])
    }

    func includes(_ event: RecordedEvent) -> Bool { type == nil || event.type == type }
}

/// Events as they are read, a line each: of a table, or of JSON.
struct EventListing {
    private let json: Bool
    private var actors: ActorNames
    /// Known before the first event is.
    private let widths: [Int]

    init(_ models: ReadModels, json: Bool) throws {
        self.json = json
        actors = try ActorNames(models)
        widths = [8, 20, EventType.allCases.map(\.rawValue.count).max() ?? 0, actors.width]
        if !json { line(["POSITION", "RECORDED AT", "TYPE", "ACTOR"], "SUBJECT") }
    }

    mutating func learn(from event: RecordedEvent) { actors.learn(from: event) }

    func show(_ event: RecordedEvent) {
        if json { return Output.json(event.json(actors)) }
        let time = Output.time(event.recordedAt)
        let mark = event.isErased ? [event.subject, "(erased)"] : [event.subject]
        line(
            [event.position.description, time, event.type, actors.name(event.actor)],
            mark.compactMap(\.self).joined(separator: " "))
    }

    private func line(_ cells: [String], _ subject: String) {
        // Who was added meanwhile may have a longer name, which is whole all the same.
        let padded = zip(cells, widths).map { TextWidth.fitted($0, to: max($1, TextWidth.columns($0)), padding: true) }
        Output.line((padded + [subject]).joined(separator: "  "))
    }
}
