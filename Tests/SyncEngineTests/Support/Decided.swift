import ContactSync
import Foundation
import GRDB
import Journal
import Projections
import SyncEngine

/// What a user's record was decided to be, by a sync or by a rehearsal.
struct Decided: Hashable, Comparable {
    let subject: String
    let text: String

    /// - Parameter withoutOld: What was there before is left out.
    init(_ subject: String, _ decision: RecordDecision, withoutOld: Bool) throws {
        self.subject = subject
        let event: Event =
            switch decision {
            case .create(let contact): .contactCreated(.init(contact: contact))
            case .update(let update) where withoutOld:
                .contactUpdated(
                    .init(
                        contact: update.contact, adopts: update.adopts,
                        changes: update.changes.map { ContactChange($0.field, old: nil, new: $0.new) }))
            case .update(let update): .contactUpdated(update)
            case .fail(let failed): .contactFailed(failed)
            }
        text = String(decoding: try event.data(), as: UTF8.self)
    }

    static func < (left: Decided, right: Decided) -> Bool {
        (left.subject, left.text) < (right.subject, right.text)
    }
}

extension Rehearsal {
    func decided(withoutOld: Bool = false) throws -> [Decided] {
        var all: [Decided] = []
        try eachDecision {
            all.append(try Decided(Subject.user($0.user.key).text, $0.decision, withoutOld: withoutOld))
        }
        return all.sorted()
    }

    func contacts() throws -> [Contact] {
        try read { db in
            var contacts: [Contact] = []
            try Contacts.each(db) { contacts.append($0.contact) }
            return contacts
        }
    }

    func differences() throws -> [Difference] {
        var all: [Difference] = []
        try eachDifference { all.append($0) }
        return all
    }
}

extension TemporaryHome {
    /// The decisions that stand behind a position; what a help desk elsewhere made of them is none.
    func decided(after position: Int64, withoutOld: Bool = false) throws -> [Decided] {
        var asked: Set<String> = []
        var all: [Decided] = []
        for record in try events(after: position) {
            guard let event = try record.event(), let subject = record.subject,
                let decision = RecordDecision(event)
            else { continue }
            if case .contactWriteRequested = event {
                asked.insert(subject)
            } else if asked.remove(subject) != nil {
                continue
            }
            all.append(try Decided(subject, decision, withoutOld: withoutOld))
        }
        return all.sorted()
    }

    /// Every file that holds something, byte for byte; the index of a log is SQLite's own.
    func bytes() throws -> [String: Data] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: path).filter { !$0.hasSuffix("-shm") }
        return names.reduce(into: [:]) { $0[$1] = FileManager.default.contents(atPath: path + "/" + $1) }
    }
}

extension Scene {
    /// What a sync would do now.
    func preview() async throws -> (rehearsal: Rehearsal, log: SyncLog) {
        let rehearsal = try Rehearsal(home.models())
        return (rehearsal, try await sync(.rehearsal(rehearsal)))
    }

    func plan() async throws -> SyncPlan {
        let rehearsal = try await preview().rehearsal
        return try SyncPlan(rehearsal, origin: origin(), at: clock.time)
    }

    func origin() throws -> String { try home.models().journal.read { try JournalReader.origin($0) } }
}
