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
    private var entry = LeafEntry()
    private var erasures = ErasureCheck()

    /// Throws only where there is no file that can be read.
    package static func verify(path: String, progress: (Int64) -> Void = { _ in }) throws -> Verification {
        var verifier = Verifier()
        let pages = verifier.checkPages(path: path)
        do {
            let queue = try JournalFile.openForReading(path: path)
            try queue.read { db in try verifier.checkContent(db, progress) }
        } catch let error as DatabaseError {
            verifier.fault("the database cannot be read: \(error.message ?? "unknown error")")
        } catch let error as JournalError {
            switch error {
            case .notFound, .system: throw error
            // Before what the header says of a file that was never a journal.
            default: verifier.faults.insert("the journal cannot be read: \(error)", at: 0)
            }
        }
        return Verification(
            events: verifier.tree.size, erased: verifier.erasures.count, root: verifier.tree.root,
            faults: verifier.faults, checkedPages: pages)
    }

    private mutating func checkContent(_ db: Database, _ progress: (Int64) -> Void) throws {
        try checkSchema(db)
        // One row may hold many lines, under a heading that says nothing.
        let problems = try String.fetchAll(db, sql: "PRAGMA integrity_check(5)").flatMap { $0.split(separator: "\n") }
        for problem in problems.filter({ $0 != "ok" && !$0.hasPrefix("***") }).prefix(5) {
            fault("the database is damaged: \(problem)")
        }
        let events = try RowStatement(db, "SELECT \(JournalReader.columns) FROM events ORDER BY position")
        let tiles = try RowStatement(db, "SELECT root, hashes FROM tiles WHERE level = ? AND number = ?")
        let heads = try RowStatement(db, "SELECT size, root FROM heads ORDER BY size")
        var hasHead = try heads.step()
        var checked: Int64 = 0
        while try events.step() {
            for tile in tree.append(check(events)) { try compare(tile, tiles) }
            if hasHead, heads.integer(0) == tree.size {
                if Hash(heads.borrowed(1)) != tree.root {
                    fault("an event from \(checked + 1) to \(tree.size) is not what was recorded")
                }
                checked = tree.size
                hasHead = try heads.step()
            }
            if tree.size % 10_000 == 0 { progress(tree.size) }
        }
        events.reset()
        heads.reset()
        if let wrong = erasures.end(residues: try Verifier.residues(db)) { fault(wrong) }
        if hasHead || checked != tree.size {
            fault("events behind \(checked) have no recorded tree head, or a head its events")
        }
        let whole = try Int64.fetchOne(db, sql: "SELECT count(*) FROM tiles") ?? 0
        if whole != tree.wholeTiles { fault("there are \(whole) tiles, expected \(tree.wholeTiles)") }
    }

    private static func residues(_ db: Database) throws -> Int64 {
        if try JournalFile.version(db) < 2 { return 0 }
        return try Int64.fetchOne(db, sql: "SELECT count(*) FROM erased") ?? 0
    }

    /// Only the schema that our migrations make: a changed trigger would let changed events through.
    private mutating func checkSchema(_ db: Database) throws {
        let version = try JournalFile.version(db)
        let expected = try DatabaseQueue().inDatabase { reference in
            for migration in JournalFile.migrations.prefix(version) { try reference.execute(sql: migration) }
            if version > 1 { try reference.execute(sql: "VACUUM") }
            return try Verifier.schema(reference)
        }
        if try Verifier.schema(db) != expected { fault("the schema is not the one of this format") }
    }

    /// Every column with its storage class, since a text and a blob of the same bytes compare as different things.
    private static func schema(_ db: Database) throws -> [String] {
        let columns = ["rowid", "type", "name", "tbl_name", "rootpage", "sql"].map {
            "typeof(\($0)) || ':' || coalesce(\($0), '')"
        }
        return try String.fetchAll(
            db, sql: "SELECT \(columns.joined(separator: " || '|' || ")) FROM sqlite_schema ORDER BY rowid")
    }

    /// Reads a row of `JournalReader.columns` where SQLite has it.
    private mutating func check(_ event: RowStatement) -> Hash {
        let position = event.integer(0)
        if position != tree.size + 1 { fault("event \(tree.size + 1) is missing") }
        if let previous = event.optionalInteger(7), previous >= position {
            fault("event \(position) points forward to \(previous)")
        }
        checkErasure(event, position)
        return entry.hash(row: event) ?? .empty
    }

    private mutating func checkErasure(_ event: RowStatement, _ position: Int64) {
        if event.isNull(8) || event.isNull(9) {
            if let wrong = erasures.take(position, Residue(row: event)) { fault(wrong) }
        } else if event.borrowed(2).elementsEqual("personErased".utf8) {
            if let wrong = erasures.meet(position, data: event.bytes(9)) { fault(wrong) }
        }
    }

    private mutating func compare(_ tile: MerkleTree.Tile, _ stored: RowStatement) throws {
        stored.bind(1, Int64(tile.level))
        stored.bind(2, tile.number)
        defer { stored.reset() }
        guard try stored.step() else { return fault("tile \(tile.number) of level \(tile.level) is missing") }
        let (found, computed) = (stored.bytes(1), tile.hashes.withUnsafeBytes { Array($0) })
        if found != computed {
            let position = computed.indices.first { $0 >= found.count || found[$0] != computed[$0] } ?? 0
            let first = (tile.number << 8) + Int64(position / Hash.size)
            fault(
                tile.level == 0
                    ? "event \(first + 1) is not what was recorded"
                    : "tile \(tile.number) of level \(tile.level) does not match")
        }
        if Hash(stored.borrowed(0)) != tile.root {
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
