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
    /// The syncs that held what this one only let through: these were told it. Empty for a sync that reads.
    package let approved: [Int64]

    /// Nil where there is no such sync, or it has not ended.
    package init?(_ journal: Database, _ sync: Int64) throws {
        var begun: RecordedEvent?
        var properties: [TenantID: [String]] = [:]
        var approved: Set<Int64> = []
        var isEnded = false
        try JournalReader.scan(journal) { record in
            guard record.sync == sync else { return true }
            switch EventType(rawValue: record.type) {
            case .syncStarted: begun = record
            case .syncCompleted, .syncFailed, .syncInterrupted: isEnded = true
            case .selectionRead:
                if case .selectionRead(let read)? = try record.event() { properties[read.tenant] = read.properties }
            case .syncApproved: if case .syncApproved(let act)? = try record.event() { approved.insert(act.held) }
            // What the sync was told else is not asked for here, and a newer version's types least of all.
            default: break
            }
            return !isEnded
        }
        guard let begun, isEnded else { return nil }
        (started, time) = (begun.position, begun.recordedAt)
        self.properties = properties
        self.approved = approved.sorted()
    }
}
