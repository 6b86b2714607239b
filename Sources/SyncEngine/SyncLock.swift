import Journal

/// One sync at a time for each home directory.
package struct SyncLock {
    private let lock: FileLock

    init(home: String) throws {
        lock = try FileLock(path: home + "/sync.lock")
        do {
            // Whoever only asks whether one runs holds it for a moment.
            try lock.take(waiting: 200)
        } catch JournalError.busy {
            throw SyncError.busy
        }
    }

    func release() { lock.release() }

    /// Whether a sync runs: one that was killed has let go of its lock.
    package static func isHeld(home: String) -> Bool { FileLock.isHeld(path: home + "/sync.lock") }
}
