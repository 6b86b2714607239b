package import ContactSync

/// Why a sync did not run or did not come to its end.
package enum SyncError: Error {
    /// Another sync is running.
    case busy
    case appNotInstalled
    /// No active tenant has contact sync on.
    case nothingToSync
    case cannotConnect(TenantID, reason: String)
    /// Nothing is held of the tenant, or another sync holds it by now.
    case nothingHeld(TenantID)
    /// The schedule asked for nothing: another process was faster.
    case notDue
    /// Neither the system's time zone database nor our own has it.
    case unknownZone(String)
    /// Settings have changed since the sync that was held: it measured something else.
    case changedSinceHold(TenantID, sync: Int64)
}

/// How far a sync has come, for a progress line.
package struct SyncProgress: Sendable {
    package enum Step: Sendable {
        /// Users come from Entra ID, and are mostly decided at once.
        case reading
        /// Of whom everything was read before.
        case deciding
    }

    package let tenant: String
    package var step = Step.reading
    package let users: Int
    /// How many there were the last time, where everybody is read again.
    package var expected: Int?
    package var pages = 0
}
