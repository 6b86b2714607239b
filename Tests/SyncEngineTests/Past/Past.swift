import Foundation
import GRDB
import Journal
import Projections
import Testing

/// What the tests of the past share: everything that read models hold, as text, and homes that grow event by event.
enum Past {
    /// Every row of every table but the stamp, whose root only a transaction's last event has.
    static func dump(_ models: ReadModels) throws -> [String] {
        try models.read { db in
            let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'stamp' ORDER BY name"
            return try String.fetchAll(db, sql: names).flatMap { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"").map { "\(table) \($0)" }.sorted()
            }
        }
    }

    static func dump(_ home: TemporaryHome, at position: Int64) throws -> [String] {
        try dump(models(home, "\(position)"))
    }

    static func models(_ home: TemporaryHome, _ text: String) throws -> ReadModels {
        let moment = try #require(Moment(text))
        return try ReadModels(home: home.path, at: moment)
    }

    /// Everything in the home's directory, byte for byte.
    static func files(_ home: TemporaryHome) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: home.path)
        return Dictionary(
            uniqueKeysWithValues: names.map {
                ($0, FileManager.default.contents(atPath: home.path + "/" + $0) ?? Data())
            })
    }

    /// Appends events again that another journal has, each in a transaction of its own, and calls `body` behind each.
    static func retell(_ events: [RecordedEvent], in home: TemporaryHome, _ body: (Int64) throws -> Void) throws {
        let writer = try JournalWriter(home: home.path, creating: true)
        for event in events {
            let position = try writer.transaction { appender in
                try appender.append(
                    NewEvent(
                        type: event.type, version: event.version, subject: event.subject, previous: event.previous,
                        data: event.data ?? []),
                    Occasion(actor: event.actor, sync: event.sync, time: event.recordedAt)
                ).position
            }
            try body(position.rawValue)
        }
    }
}
