package import ContactSync

/// An event as it stands in the journal.
package struct RecordedEvent: Sendable {
    package let position: Position
    /// Milliseconds since 1970-01-01T00:00:00Z, as the clock said: it may be less than the event's before.
    package let recordedAt: Int64
    package let type: String
    package let version: Int
    /// `agent:N`, or `foxtrail` for what the program did by itself.
    package let actor: String
    /// The number of the sync that the event belongs to.
    package let sync: Int64?
    /// A pseudonymous id of what the event is about; never a mail or a name.
    package let subject: String?
    /// The subject's event before this one.
    package let previous: Position?
    /// Both nil once the person was erased.
    package let salt: [UInt8]?
    package let data: [UInt8]?
    /// What stays of it then.
    package var residue: Residue?

    package var isErased: Bool { data == nil }

    /// The event, without what told who it was where the person was erased. Nil where nothing stayed, as in no sound
    /// journal. Throws for a type of a newer version, naming it.
    package func event() throws -> Event? {
        guard let data = data ?? residue?.data else { return nil }
        guard let type = EventType(rawValue: type), version <= Event.version else {
            throw JournalError.unknownEvent(type: self.type, version: version, position: position)
        }
        do {
            return try Event(type, data: data)
        } catch {
            throw JournalError.malformedEvent(type: self.type, position: position)
        }
    }
}

/// An event on its way into the journal.
package struct NewEvent {
    package let type: String
    package let version: Int
    package let subject: String?
    package let previous: Position?
    package let data: [UInt8]

    package init(type: String, version: Int, subject: String?, previous: Position?, data: [UInt8]) {
        self.type = type
        self.version = version
        self.subject = subject
        self.previous = previous
        self.data = data
    }
}

/// Who acts, in which sync, at what time: the same for all events of a transaction.
package struct Occasion: Sendable {
    package var actor: String
    package var sync: Int64?
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package var time: Int64

    package init(actor: String, sync: Int64? = nil, time: Int64) {
        self.actor = actor
        self.sync = sync
        self.time = time
    }
}
