import ArgumentParser
import ContactSync
import GRDB
import Journal
import Projections

struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "The record of everything that happened.",
        discussion: "Example: foxtrail journal verify",
        subcommands: [
            JournalList.self, JournalShow.self, JournalFollow.self, JournalVerify.self, JournalCheckpoint.self,
            JournalProve.self, JournalExportCommand.self, JournalErase.self, JournalStat.self, JournalBackup.self,
        ])
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
            ("data", event.data.map { String(decoding: $0, as: UTF8.self) } ?? "(erased)"),
        ])
    }
}

/// Agents by their e-mail, for people; the journal itself knows them by number only.
struct ActorNames {
    private var names: [String: String]

    init(_ models: ReadModels) throws { self = try models.read { try ActorNames($0) } }

    init(_ db: Database) throws {
        names = try Dictionary(
            uniqueKeysWithValues: (1..<(Installation.nextAgent(db))).map {
                ("agent:\($0)", try Installation.agentEmail($0, db) ?? "agent:\($0)")
            })
    }

    /// Takes in the name of an agent who is added while events are told.
    mutating func learn(from event: RecordedEvent) {
        guard event.type == EventType.agentAdded.rawValue, case .agentAdded(let added)? = try? event.event() else {
            return
        }
        names["agent:\(added.agent)"] = added.email
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
            ("data", data.flatMap { try? JSONValue(parsing: $0) } ?? .null), ("erased", .bool(isErased)),
        ]
    }
}
