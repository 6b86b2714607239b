import FoundationEssentials
import GRDB

extension TileTree {
    /// The tree over the first `size` events of a journal. Hashes come from whole tiles; behind the last whole one of a
    /// level from the events, or from the roots of the tiles below.
    init(journal db: Database, size: Int64) {
        self.init(size: size) { level, range in
            let tile = try Data.fetchOne(
                db, sql: "SELECT hashes FROM tiles WHERE level = ? AND number = ?",
                arguments: [level, range.lowerBound >> 8])
            if let tile {
                let first = Int(range.lowerBound & 255)
                return (first..<(first + range.count)).compactMap {
                    Hash(tile.dropFirst($0 * Hash.size).prefix(Hash.size))
                }
            }
            return level == 0 ? try TileTree.leaves(db, range) : try TileTree.roots(db, level: level - 1, range)
        }
    }

    private static func leaves(_ db: Database, _ range: Range<Int64>) throws -> [Hash] {
        let select = try RowStatement(
            db, "SELECT \(JournalReader.columns) FROM events WHERE position BETWEEN ? AND ? ORDER BY position")
        select.bind(1, range.lowerBound + 1)
        select.bind(2, range.upperBound)
        defer { select.reset() }
        var entry = LeafEntry()
        var leaves: [Hash] = []
        while try select.step() {
            guard let leaf = entry.hash(row: select) else {
                throw JournalError.broken("event \(select.integer(0)) lost its data without an erasure")
            }
            leaves.append(leaf)
        }
        return leaves
    }

    private static func roots(_ db: Database, level: Int, _ range: Range<Int64>) throws -> [Hash] {
        try Data.fetchAll(
            db, sql: "SELECT root FROM tiles WHERE level = ? AND number >= ? AND number < ? ORDER BY number",
            arguments: [level, range.lowerBound, range.upperBound]
        ).compactMap { Hash($0) }
    }
}
