import GRDB

/// Whether a journal is what was once written: file, schema, positions, pointers and tree.
package struct Verification: Sendable {
    package let events: Int64
    package let erased: Int64
    package let root: Hash
    /// Each names what is wrong and where; none in a sound journal.
    package let faults: [String]
    /// Whether the bytes of the file were looked at too: not while somebody writes to it.
    package let checkedPages: Bool
}

/// Reads a whole journal once, in flat memory, and computes everything anew.
package struct Verifier {
    private static let mostFaults = 20
    private var faults: [String] = []
    private var tree = MerkleTree()
    private var lastTime: Int64 = 0
    private var erased: Int64 = 0

    /// Throws only where the file cannot be read as a journal at all.
    package static func verify(path: String, progress: (Int64) -> Void = { _ in }) throws -> Verification {
        var verifier = Verifier()
        let pages = verifier.checkPages(path: path)
        do {
            let queue = try JournalFile.openForReading(path: path)
            try queue.read { db in try verifier.checkContent(db, progress) }
        } catch let error as DatabaseError {
            verifier.fault("the database cannot be read: \(error.message ?? "unknown error")")
        } catch let error as JournalError {
            if case .notFound = error { throw error }
            verifier.fault("the journal cannot be read: \(error)")
        }
        return Verification(
            events: verifier.tree.size, erased: verifier.erased, root: verifier.tree.root,
            faults: verifier.faults, checkedPages: pages)
    }

    private mutating func checkContent(_ db: Database, _ progress: (Int64) -> Void) throws {
        try checkSchema(db)
        for problem in try String.fetchAll(db, sql: "PRAGMA integrity_check(5)") where problem != "ok" {
            fault("the database is damaged: \(problem)")
        }
        let stored = try RowStatement(db, "SELECT root, hashes FROM tiles WHERE level = ? AND number = ?")
        let heads = try RowStatement(db, "SELECT size, root FROM heads ORDER BY size")
        var hasHead = try heads.step()
        var checked: Int64 = 0
        try JournalReader.each(db) { event in
            let leaf = check(event)
            for tile in tree.append(leaf) { try compare(tile, stored) }
            if hasHead, heads.integer(0) == tree.size {
                if heads.bytes(1) != tree.root.bytes {
                    fault("an event from \(checked + 1) to \(tree.size) is not what was recorded")
                }
                checked = tree.size
                hasHead = try heads.step()
            }
            if event.position.rawValue % 10_000 == 0 { progress(event.position.rawValue) }
        }
        heads.reset()
        if hasHead || checked != tree.size {
            fault("events behind \(checked) have no recorded tree head, or a head its events")
        }
        let tiles = try Int64.fetchOne(db, sql: "SELECT count(*) FROM tiles") ?? 0
        if tiles != tree.wholeTiles { fault("there are \(tiles) tiles, expected \(tree.wholeTiles)") }
    }

    /// Only the schema that our migrations make: a changed trigger would let changed events through.
    private mutating func checkSchema(_ db: Database) throws {
        let reference = try DatabaseQueue()
        let expected = try reference.write { db in
            for migration in JournalFile.migrations { try db.execute(sql: migration) }
            return try Verifier.schema(db)
        }
        if try Verifier.schema(db) != expected { fault("the schema is not the one of this format") }
    }

    /// Every column with its storage class, since a text and a blob of the same bytes compare as different things.
    private static func schema(_ db: Database) throws -> [String] {
        let columns = ["rowid", "type", "name", "tbl_name", "rootpage", "sql"].map {
            "typeof(\($0)) || ':' || coalesce(\($0), '')"
        }
        let rows = try String.fetchAll(
            db, sql: "SELECT \(columns.joined(separator: " || '|' || ")) FROM sqlite_schema ORDER BY rowid")
        return rows + [try String.fetchOne(db, sql: "PRAGMA schema_version") ?? ""]
    }

    private mutating func check(_ event: RecordedEvent) -> Hash {
        if event.position.rawValue != tree.size + 1 { fault("event \(tree.size + 1) is missing") }
        if event.recordedAt < lastTime { fault("event \(event.position) is older than the one before it") }
        lastTime = event.recordedAt
        if let previous = event.previous, previous >= event.position {
            fault("event \(event.position) points forward to \(previous)")
        }
        guard let salt = event.salt, let data = event.data else {
            erased += 1
            // No event type of this version erases; the format's `personErased` carries the commitments.
            fault("event \(event.position) lost its data without an erasure")
            return .empty
        }
        return event.leafHash(commitment: Leaf.commitment(salt: salt, data: data))
    }

    private mutating func compare(_ tile: MerkleTree.Tile, _ stored: RowStatement) throws {
        stored.bind(1, Int64(tile.level))
        stored.bind(2, tile.number)
        defer { stored.reset() }
        guard try stored.step() else { return fault("tile \(tile.number) of level \(tile.level) is missing") }
        let hashes = tile.hashes.flatMap(\.bytes)
        if stored.bytes(1) != hashes {
            let position =
                hashes.indices.first { $0 >= stored.bytes(1).count || stored.bytes(1)[$0] != hashes[$0] } ?? 0
            let first = (tile.number << 8) + Int64(position / Hash.size)
            fault(
                tile.level == 0
                    ? "event \(first + 1) is not what was recorded"
                    : "tile \(tile.number) of level \(tile.level) does not match")
        }
        if stored.bytes(0) != tile.root.bytes {
            fault("the root of tile \(tile.number) of level \(tile.level) does not match")
        }
    }

    private mutating func checkPages(path: String) -> Bool {
        switch PageCheck.run(path: path) {
        case .skipped: return false
        case .checked(let found):
            for fault in found { self.fault(fault) }
            return true
        }
    }

    private mutating func fault(_ text: String) {
        if faults.count < Verifier.mostFaults { faults.append(text) }
    }
}
