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
            return level == 0
                ? try JournalReader.leaves(db, range) : try JournalReader.roots(db, level: level - 1, range)
        }
    }
}
