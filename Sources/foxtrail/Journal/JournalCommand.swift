import ArgumentParser
import ContactSync
import Foundation
import GRDB
import Journal
import Projections

struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "The record of everything that happened.",
        subcommands: [JournalList.self, JournalShow.self, JournalVerify.self, JournalStat.self, JournalBackup.self])
}

struct JournalList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List events in order.")
    @OptionGroup var global: GlobalOptions
    @Option(help: "The first position.") var from: Int64 = 1
    @Option(help: "How many at most.") var limit: Int64?
    @Option(help: "Only events of this type.") var type: String?

    func run() throws {
        let models = try global.readModels()
        let actors = try ActorNames(models)
        if !global.json {
            Output.line("POSITION  RECORDED AT           TYPE                 ACTOR                SUBJECT")
        }
        var left = limit ?? .max
        try models.journal.read { db in
            try JournalReader.each(db, from: from, to: limit.flatMap { type == nil ? from + $0 - 1 : nil } ?? .max) {
                event in
                guard left > 0, type == nil || event.type == type else { return }
                left -= 1
                if global.json { return Output.json(event.json(actors)) }
                let cells = [
                    (event.position.description, 8), (Output.time(event.recordedAt), 20), (event.type, 19),
                    (actors.name(event.actor), 19),
                ]
                let padded = cells.map { $0.0 + String(repeating: " ", count: max(0, $0.1 - $0.0.count)) }
                Output.line((padded + [event.subject ?? ""]).joined(separator: "  "))
            }
        }
    }
}

struct JournalShow: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one event whole.")
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
        Output.table(
            ["", ""],
            [
                ["position", event.position.description], ["recorded at", Output.time(event.recordedAt)],
                ["type", event.type],
                ["version", String(event.version)], ["actor", actors.name(event.actor)],
                ["sync", event.sync.map { String($0) } ?? ""],
                ["subject", event.subject ?? ""], ["previous", event.previous?.description ?? ""],
                ["data", event.data.map { String(decoding: $0, as: UTF8.self) } ?? "erased"],
            ].filter { !$0[1].isEmpty })
    }
}

/// Agents by their e-mail, for people; the journal itself knows them by number only.
struct ActorNames {
    private let names: [String: String]

    init(_ models: ReadModels) throws {
        names = try models.read { db in
            try Dictionary(
                uniqueKeysWithValues: (1..<(Installation.nextAgent(db))).map {
                    ("agent:\($0)", try Installation.agentEmail($0, db) ?? "agent:\($0)")
                })
        }
    }

    func name(_ actor: String) -> String { names[actor] ?? actor }
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

struct JournalVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Compute everything anew and compare: file, schema, positions, tree.",
        discussion: "Exit code 76 when the journal is not what was once written.")
    @OptionGroup var global: GlobalOptions
    @Option(help: "Another journal file than the home directory's.") var file: String?

    func run() throws {
        let path = file ?? JournalFile.path(home: global.directory)
        let result = try Verifier.verify(path: path)
        if global.json {
            Output.json([
                ("verified", .bool(result.faults.isEmpty)), ("events", .number(String(result.events))),
                ("erased", .number(String(result.erased))),
                ("root", .string(result.root.description)), ("checkedPages", .bool(result.checkedPages)),
                ("faults", .array(result.faults.map(JSONValue.string))),
            ])
        } else if result.faults.isEmpty {
            Output.line("verified \(result.events) events, root \(result.root)")
            if !result.checkedPages {
                Output.line("the file's header was not looked at: its log is not empty, somebody may be writing")
            }
        }
        guard result.faults.isEmpty else {
            Failure(
                .doesNotVerify, "the journal does not verify: \(result.faults[0])",
                result.faults.dropFirst().map { "also: \($0)" } + ["restore it from a backup"]
            ).print()
            throw Finished(code: .doesNotVerify)
        }
    }
}

struct JournalStat: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "stat", abstract: "How many events of which type.")
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let path = JournalFile.path(home: global.directory)
        let statistics = try JournalFile.openForReading(path: path).read { try JournalStatistics($0, path: path) }
        if global.json {
            return Output.json([
                ("events", .number(String(statistics.events))), ("bytes", .number(String(statistics.bytes))),
                ("first", Output.json(time: statistics.first)), ("last", Output.json(time: statistics.last)),
                ("root", .string(statistics.root.description)),
                ("types", .object(statistics.types.map { ($0.type, .number(String($0.count))) })),
            ])
        }
        Output.line(
            "\(statistics.events) events in \(statistics.bytes) bytes, from \(Output.time(statistics.first)) to \(Output.time(statistics.last))"
        )
        Output.line("root \(statistics.root)")
        Output.table(["TYPE", "EVENTS"], statistics.types.map { [$0.type, String($0.count)] })
    }
}

struct JournalBackup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the journal as of now to one file, while others may write.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The file to write; it must not exist.") var file: String

    func run() throws {
        let journal = try JournalFile.openForReading(path: JournalFile.path(home: global.directory))
        try JournalReader.backup(journal, to: file)
        if !global.quiet { Output.line("wrote \(file)") }
    }
}
