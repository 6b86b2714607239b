import ContactSync
import Foundation
import GRDB
import Journal
import Projections
import SyncEngine

/// A home directory that is deleted with the value. It is read through the files, as another process would.
final class TemporaryHome {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("foxtrail-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// What a machine that dies at this moment would find: the journal with its log, byte for byte, and no projections.
    func survivor() throws -> TemporaryHome {
        let copy = try TemporaryHome()
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: JournalFile.path(home: path) + suffix, toPath: JournalFile.path(home: copy.path) + suffix)
        }
        return copy
    }

    func models() throws -> ReadModels { try ReadModels(home: path) }

    func contacts() throws -> [ListedContact] {
        try models().read { db in
            var contacts: [ListedContact] = []
            try Contacts.each(db) { contacts.append($0) }
            return contacts
        }
    }

    /// The contact that belongs to a user.
    func contact(of objectID: String) throws -> Contact? {
        try contacts().first { $0.user?.objectID == objectID }?.contact
    }

    func report() throws -> [ReportRow] {
        try models().read { db in
            var rows: [ReportRow] = []
            try Report.each(db) { rows.append($0) }
            return rows
        }
    }

    func events(after position: Int64 = 0) throws -> [RecordedEvent] {
        try models().journal.read { db in
            var events: [RecordedEvent] = []
            try JournalReader.each(db, from: position + 1) { events.append($0) }
            return events
        }
    }

    func position() throws -> Int64 {
        try models().journal.read { try JournalReader.lastPosition($0).rawValue }
    }

    /// The types of the events that `body` appended.
    func types(appendedBy body: () async throws -> Void) async throws -> [String] {
        let before = try position()
        try await body()
        return try events(after: before).map(\.type)
    }

    func replay() throws -> [ReplayVerdict] {
        try models().journal.read { try Replayer.run($0) }
    }
}
