package import ContactSync
package import GRDB
package import Journal

/// Where a sync that has ended stands in the journal, and what it asked for.
package struct RecordedSync: Sendable {
    package let started: Position
    /// When it began, in milliseconds since 1970.
    package let time: Int64
    /// Which properties it has read of the users of each tenant that it read to the end.
    package let properties: [TenantID: [String]]

    /// Nil where there is no such sync, or it has not ended.
    package init?(_ journal: Database, _ sync: Int64) throws {
        var begun: RecordedEvent?
        var properties: [TenantID: [String]] = [:]
        var isEnded = false
        try JournalReader.each(journal) { record in
            if isEnded || record.sync != sync { return }
            switch record.type {
            case "syncStarted": begun = record
            case "syncCompleted", "syncFailed", "syncInterrupted": isEnded = true
            case "selectionRead":
                guard case .selectionRead(let read)? = try record.event() else { return }
                properties[read.tenant] = read.properties
            default: break
            }
        }
        guard let begun, isEnded else { return nil }
        (started, time) = (begun.position, begun.recordedAt)
        self.properties = properties
    }
}
