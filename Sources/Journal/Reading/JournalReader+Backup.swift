package import GRDB

extension JournalReader {
    /// Writes a whole copy of the journal as of one moment to a file that must not exist yet; nothing stays of a copy
    /// that fails.
    ///
    /// - Parameter progress: Is told how many pages of how many were copied.
    package static func backup(
        _ queue: DatabaseQueue, to path: String, progress: @escaping (Int64, Int64) -> Void = { _, _ in }
    ) throws {
        try NewFile.make(path) {
            let copy = try DatabaseQueue(path: path)
            // The moment is that of this look: without a transaction around it a copy in steps would begin again whenever
            // somebody writes.
            try queue.read { source in
                _ = try lastPosition(source)
                try copy.writeWithoutTransaction { target in
                    try source.backup(to: target, pagesPerStep: 1000) { step in
                        progress(Int64(step.completedPageCount), Int64(step.totalPageCount))
                    }
                }
            }
            // The copy is one file, complete without a log beside it.
            try copy.inDatabase { db in
                try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
            try copy.close()
        }
    }
}
