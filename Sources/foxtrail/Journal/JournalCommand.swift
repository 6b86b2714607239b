import ArgumentParser
import ContactSync
import GRDB
import Journal
import Projections

struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "The record of everything that happened.",
        subcommands: [
            JournalList.self, JournalShow.self, JournalVerify.self, JournalCheckpoint.self, JournalProve.self,
            JournalExportCommand.self, JournalErase.self,
            JournalStat.self, JournalBackup.self,
        ])
}

struct JournalList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List events in order.",
        discussion: "Example: foxtrail journal list --from 100 --limit 20 --type contactFailed")
    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("The position to begin at.", valueName: "position")) var from: Int64 = 1
    @Option(help: ArgumentHelp("How many events at most.", valueName: "count")) var limit: Int64?
    @Option(help: ArgumentHelp("Only events of this type, such as contactCreated.", valueName: "type")) var type:
        String?

    func run() throws {
        if let type, EventType(rawValue: type) == nil {
            let near = EditDistance.nearest(to: type, in: EventType.allCases.map(\.rawValue))
            throw Failure(
                .usage, "there are no events of type \(type)",
                [near.map { "did you mean \($0)?" } ?? "foxtrail journal stat shows the types"])
        }
        guard limit ?? 0 >= 0 else { throw Failure(.usage, "--limit cannot be negative") }
        let models = try global.readModels()
        let actors = try ActorNames(models)
        // Known before the first event is read: a journal is listed as it is read.
        let widths = [8, 20, EventType.allCases.map(\.rawValue.count).max() ?? 0, actors.width]
        func line(_ cells: [String], _ subject: String) {
            let padded = zip(cells, widths).map { TextWidth.fitted($0, to: $1, padding: true) }
            Output.line((padded + [subject]).joined(separator: "  "))
        }
        if !global.json { line(["POSITION", "RECORDED AT", "TYPE", "ACTOR"], "SUBJECT") }
        var left = limit ?? .max
        let end = type == nil && left <= .max - max(from, 1) ? max(from, 1) + left - 1 : .max
        try models.journal.read { db in
            try JournalReader.each(db, from: from, to: end) { event in
                guard left > 0, type == nil || event.type == type else { return }
                left -= 1
                if global.json { return Output.json(event.json(actors)) }
                let time = Output.time(event.recordedAt)
                line([event.position.description, time, event.type, actors.name(event.actor)], event.subject ?? "")
            }
        }
    }
}

struct JournalShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one event whole.", discussion: "Example: foxtrail journal show 42")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The event's position.") var position: Int64

    func run() throws {
        let models = try global.readModels()
        let actors = try ActorNames(models)
        guard let event = try models.journal.read({ try JournalReader.event($0, at: Position(rawValue: position)) })
        else {
            throw Failure(
                .badInput, "there is no event \(position)", ["foxtrail journal stat tells how many there are"])
        }
        if global.json { return Output.json(event.json(actors)) }
        Output.record([
            ("position", event.position.description), ("recorded at", Output.time(event.recordedAt)),
            ("type", event.type), ("version", String(event.version)), ("actor", actors.name(event.actor)),
            ("sync", event.sync.map { String($0) } ?? ""), ("subject", event.subject ?? ""),
            ("previous", event.previous?.description ?? ""),
            ("data", event.data.map { String(decoding: $0, as: UTF8.self) } ?? "erased"),
        ])
    }
}

/// Agents by their e-mail, for people; the journal itself knows them by number only.
struct ActorNames {
    private let names: [String: String]

    init(_ models: ReadModels) throws { self = try models.read { try ActorNames($0) } }

    init(_ db: Database) throws {
        names = try Dictionary(
            uniqueKeysWithValues: (1..<(Installation.nextAgent(db))).map {
                ("agent:\($0)", try Installation.agentEmail($0, db) ?? "agent:\($0)")
            })
    }

    func name(_ actor: String) -> String { names[actor] ?? actor }

    var width: Int { (names.values + ["foxtrail"]).map { TextWidth.columns($0) }.max() ?? 0 }
}

extension RecordedEvent {
    func json(_ actors: ActorNames) -> [(key: String, value: JSONValue)] {
        [
            ("position", .number(position.description)), ("recordedAt", Output.json(time: recordedAt)),
            ("type", .string(type)),
            ("actor", .string(actors.name(actor))), ("sync", JSONValue(sync)), ("subject", JSONValue(subject)),
            ("data", data.flatMap { try? JSONValue(parsing: $0) } ?? .null),
        ]
    }
}
