import ContactSync
import Foundation
import GRDB

@testable import Journal

/// A home directory with a journal of small events, deleted with the value.
final class TemporaryHome {
    let path: String

    /// Without a journal.
    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("foxtrail-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    convenience init(events: Int) throws {
        try self.init()
        let writer = try JournalWriter(home: path, creating: true)
        try TemporaryHome.append(writer, events: 1...events)
    }

    /// With a journal of that name, and the one event that names it.
    convenience init(opening journal: String) throws {
        try self.init()
        _ = try JournalWriter(home: path, creating: true)
        let account = Account(name: "Acme", timeZone: "UTC", portalURL: "https://acme.example", plan: .pro)
        try append(.accountOpened(.init(journal: journal, account: account)))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    static func append(_ writer: JournalWriter, events: ClosedRange<Int>) throws {
        try writer.transaction { appender in
            for number in events {
                _ = try appender.append(
                    NewEvent(
                        type: "userFetched", version: 1, subject: "user:t/\(number)", previous: nil,
                        data: Array("{\"id\":\"\(number)\"}".utf8)), Occasion(actor: "agent:1", sync: 1, time: 1000))
            }
        }
    }

    func append(_ event: Event) throws {
        try JournalWriter(home: path).transaction { appender in
            let new = NewEvent(
                type: event.type.rawValue, version: Event.version, subject: nil, previous: nil, data: try event.data())
            _ = try appender.append(new, Occasion(actor: "agent:1", time: 1000))
        }
    }

    /// Without any data to speak of.
    func append(type: String, subject: String) throws {
        try JournalWriter(home: path).transaction { appender in
            _ = try appender.append(
                NewEvent(type: type, version: 1, subject: subject, previous: nil, data: Array("{}".utf8)),
                Occasion(actor: "agent:1", time: 1000))
        }
    }
}
