extension RecordedEvent {
    /// An event as it would stand in a journal, for whoever tries what would be appended.
    package init(rehearsed event: NewEvent, at position: Position, _ occasion: Occasion) {
        self.init(
            position: position, recordedAt: occasion.time, type: event.type, version: event.version,
            actor: occasion.actor, sync: occasion.sync, subject: event.subject, previous: event.previous, salt: nil,
            data: event.data)
    }
}
