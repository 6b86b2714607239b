import Journal

/// One sync at a time for each home directory.
package struct SyncLock {
    private let lock: FileLock

    init(home: String) throws {
        lock = try FileLock(path: FileLock.syncs(home: home))
        do {
            // Whoever only asks whether one runs holds it for a moment.
            try lock.take(waiting: 200)
        } catch JournalError.busy {
            throw SyncError.busy
        }
    }

    func release() { lock.release() }

    /// Keeps syncs out for as long as `body` takes, and throws `SyncError.busy` where one runs.
    package static func keepingOut<T>(home: String, _ body: () throws -> T) throws -> T {
        let lock = try SyncLock(home: home)
        defer { lock.release() }
        return try body()
    }

    /// Whether a sync runs: one that was killed has let go of its lock.
    package static func isHeld(home: String) -> Bool { FileLock.isHeld(path: FileLock.syncs(home: home)) }
}
