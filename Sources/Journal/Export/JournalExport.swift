import ContactSync
package import GRDB

/// A journal as of a checkpoint, in lines for other programs. Read in order and handed out a line at a time, so that a
/// journal of any size is exported in flat memory.
package struct JournalExport {
    package enum Lines: Sendable {
        /// A line that tells what it is and holds the checkpoint, then everything about each event: enough to verify.
        case jsonl
        /// CloudEvents 1.0 in its JSON format, an event a line.
        case cloudEvents
    }

    private let db: Database
    private let checkpoint: Checkpoint

    package init(_ db: Database, checkpoint: Checkpoint) throws {
        try checkpoint.check(db)
        self.db = db
        self.checkpoint = checkpoint
    }

    /// - Parameter progress: Is told how many events were handed out.
    package func write(
        _ lines: Lines, progress: (Int64) -> Void = { _ in }, _ body: ([UInt8]) throws -> Void
    ) throws {
        func line(_ members: [(key: String, value: JSONValue)]) throws {
            try body(CanonicalJSON(.object(members)).bytes + [0x0A])
        }
        if case .jsonl = lines { try line(header) }
        try JournalReader.each(db, to: checkpoint.size) { event in
            switch lines {
            case .jsonl: try line(event.whole)
            case .cloudEvents: try line(event.cloudEvent(source: checkpoint.origin))
            }
            if event.position.rawValue.isMultiple(of: 1000) { progress(event.position.rawValue) }
        }
    }

    private var header: [(key: String, value: JSONValue)] {
        [
            ("format", .string("foxtrail-journal-v1")), ("checkpoint", .string(checkpoint.note.encoded)),
        ]
    }
}

extension Residue {
    /// What takes the place of an erased event's data.
    fileprivate var members: [(key: String, value: JSONValue)] {
        [
            ("commitment", .string(commitment.description)), ("erasure", .number(erasure.description)),
            ("residue", .string(String(decoding: data, as: UTF8.self))),
        ]
    }
}

extension RecordedEvent {
    private typealias Members = [(key: String, value: JSONValue)]

    /// The columns of the journal. The data is a text in the text: its very bytes are what was committed to.
    fileprivate var whole: [(key: String, value: JSONValue)] {
        [
            ("position", .number(position.description)), ("recorded_at", .number(String(recordedAt))),
            ("type", .string(type)), ("version", .number(String(version))), ("actor", .string(actor)),
            ("sync", sync.map { .number(String($0)) } ?? .null), ("subject", subject.map(JSONValue.string) ?? .null),
            ("previous", previous.map { .number($0.description) } ?? .null),
            ("salt", salt.map { .string(Base64.encode($0)) } ?? .null),
            ("data", data.map { .string(String(decoding: $0, as: UTF8.self)) } ?? .null),
        ] + (residue?.members ?? [])
    }

    /// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md; `actor`, `sync`, `version`
    /// and `previous` are extensions. An erased event has no data.
    fileprivate func cloudEvent(source: String) throws -> [(key: String, value: JSONValue)] {
        var members: Members = [
            ("specversion", .string("1.0")), ("id", .string(position.description)), ("source", .string(source)),
            ("type", .string("foxtrail.\(type)")), ("time", .string(Timestamp.text(recordedAt))),
            ("actor", .string(actor)), ("version", .number(String(version))),
        ]
        if let subject { members.append(("subject", .string(subject))) }
        // Numbers of extensions have 32 bits; a text holds any.
        if let sync { members.append(("sync", .string(String(sync)))) }
        if let previous { members.append(("previous", .string(previous.description))) }
        if let data {
            guard let value = try? JSONValue(parsing: data) else {
                throw JournalError.malformedEvent(type: type, position: position)
            }
            members += [("datacontenttype", .string("application/json")), ("data", value)]
        }
        return members
    }
}
