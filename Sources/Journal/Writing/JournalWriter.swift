package import GRDB

/// Appends events. One process writes at a time: the lock is held for a transaction, not for a sync, so that a
/// setting can be saved while a long sync runs.
///
/// An event that `transaction` has returned for survives power loss (WAL, `synchronous=FULL`).
package final class JournalWriter {
    let home: String
    private let queue: DatabaseQueue
    private let lock: FileLock
    private var tree = MerkleTree()
    private var statements: Statements?
    private var salts = SaltSource()
    private var entry = LeafEntry()

    private struct Statements {
        let append: RowStatement
        let tile: RowStatement
        let head: RowStatement
    }

    /// Opens the journal of a home directory; `creating` makes it, and throws where there is one already. A journal
    /// that does not hold what its own last checkpoint signed is refused unless `afterRestore`: to go on from an older
    /// copy makes other events of the same positions, and every checkpoint given away since would be broken.
    package init(home: String, creating: Bool = false, afterRestore: Bool = false) throws {
        self.home = home
        lock = try FileLock(path: home + "/journal.lock")
        // Read before the journal, which only grows.
        let kept = afterRestore ? nil : try CheckpointFile.read(home: home)
        if creating, kept != nil { throw JournalError.exists(path: CheckpointFile.path(home: home)) }
        queue = try JournalFile.openForWriting(home: home, creating: creating)
        if let kept { try queue.inDatabase { try kept.check($0) } }
    }

    /// Keeps a checkpoint as the last one, unless there is a newer one. `replacing` lets it be an older one.
    package func keep(_ checkpoint: Checkpoint, replacing: Bool = false) throws {
        try lock.take(waiting: 5000)
        defer { lock.release() }
        if !replacing, let kept = try CheckpointFile.read(home: home), kept.size >= checkpoint.size { return }
        try CheckpointFile.write(checkpoint, home: home)
    }

    /// Runs `body` with the lock held, and in no transaction.
    func exclusively<T>(_ body: (Database) throws -> T) throws -> T {
        try lock.take(waiting: 5000)
        defer { lock.release() }
        return try queue.inDatabase(body)
    }

    /// The last event's position.
    package var position: Position { Position(rawValue: tree.size) }
    package var root: Hash { tree.root }

    /// Runs `body` with the lock held, in one transaction: all of its events become durable, or none.
    package func transaction<T>(_ body: (Appender) throws -> T) throws -> T {
        try lock.take(waiting: 5000)
        defer { lock.release() }
        return try queue.inDatabase { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
            do {
                try catchUp(db)
                let before = tree
                do {
                    let result = try body(Appender(writer: self, db: db))
                    if tree.size > before.size { try storeHead() }
                    try db.execute(sql: "COMMIT")
                    return result
                } catch {
                    tree = before
                    throw error
                }
            } catch {
                if db.isInsideTransaction { try? db.execute(sql: "ROLLBACK") }
                throw error
            }
        }
    }

    /// Appends inside a transaction, and reads what is there, its own events included. Good only inside the closure.
    package struct Appender {
        fileprivate let writer: JournalWriter
        package let db: Database

        package var position: Position { writer.position }
        package var root: Hash { writer.root }

        /// Appends one event and returns it as recorded.
        package func append(_ event: NewEvent, _ occasion: Occasion) throws -> RecordedEvent {
            try writer.append(event, occasion)
        }
    }

    private func append(_ event: NewEvent, _ occasion: Occasion) throws -> RecordedEvent {
        guard let statements else { throw JournalError.broken("an append outside a transaction") }
        let position = tree.size + 1
        let salt = try salts.next()
        let insert = statements.append
        insert.bind(1, position)
        insert.bind(2, occasion.time)
        insert.bind(3, event.type)
        insert.bind(4, Int64(event.version))
        insert.bind(5, occasion.actor)
        insert.bind(6, occasion.sync)
        insert.bind(7, event.subject)
        insert.bind(8, event.previous?.rawValue)
        entry.begin(position: position, event, occasion)
        let leaf = try salt.withUnsafeBytes { salt in
            try event.data.withUnsafeBytes { data in
                insert.bind(9, borrowedBlob: salt)
                insert.bind(10, borrowedText: data)
                try insert.run()
                return entry.end(salt: salt, data: data)
            }
        }
        for tile in tree.append(leaf) { try store(tile, statements.tile) }
        return RecordedEvent(
            position: Position(rawValue: position), recordedAt: occasion.time, type: event.type, version: event.version,
            actor: occasion.actor, sync: occasion.sync, subject: event.subject, previous: event.previous,
            salt: salt, data: event.data)
    }

    private func store(_ tile: MerkleTree.Tile, _ statement: RowStatement) throws {
        statement.bind(1, Int64(tile.level))
        statement.bind(2, tile.number)
        try tile.root.withBytes { root in
            try tile.hashes.withUnsafeBytes { hashes in
                statement.bind(3, borrowedBlob: root)
                statement.bind(4, borrowedBlob: hashes)
                try statement.run()
            }
        }
    }

    private func storeHead() throws {
        guard let head = statements?.head else { return }
        head.bind(1, tree.size)
        try tree.root.withBytes { root in
            head.bind(2, borrowedBlob: root)
            try head.run()
        }
    }

    /// Takes in what other processes have appended since this one last looked.
    private func catchUp(_ db: Database) throws {
        if statements == nil {
            statements = Statements(
                append: try RowStatement(db, "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                tile: try RowStatement(db, "INSERT INTO tiles VALUES (?, ?, ?, ?)"),
                head: try RowStatement(db, "INSERT INTO heads VALUES (?, ?)"))
        }
        guard try Int64.fetchOne(db, sql: "SELECT max(position) FROM events") ?? 0 != tree.size else { return }
        tree = try MerkleTree(journal: db)
    }
}
