package import GRDB

/// A journal as of a checkpoint in the files of https://c2sp.org/tlog-tiles: the checkpoint, the tree's tiles and the
/// entries, which are everything about the events but their data.
package struct TileExport {
    private let db: Database
    private let checkpoint: Checkpoint

    package init(_ db: Database, checkpoint: Checkpoint) throws {
        try checkpoint.check(db)
        self.db = db
        self.checkpoint = checkpoint
    }

    /// Hands out each file's path and bytes.
    ///
    /// - Parameter progress: Is told how many events' entries were handed out, which is most of the work.
    package func write(
        progress: (Int64) -> Void = { _ in }, _ body: (_ path: String, _ bytes: [UInt8]) throws -> Void
    ) throws {
        try entries(progress, body)
        try tiles(body)
        // Last: who sees it may read all that it speaks of.
        try body("checkpoint", Array(checkpoint.note.encoded.utf8))
    }

    private func entries(_ progress: (Int64) -> Void, _ body: (String, [UInt8]) throws -> Void) throws {
        var bundle: [UInt8] = []
        var count: Int64 = 0
        guard checkpoint.size > 0 else { return }
        try JournalReader.entries(db, 1...checkpoint.size) { entry in
            guard let length = UInt16(exactly: entry.count) else {
                throw JournalError.broken("the entry of event \(count + 1) is too long to export")
            }
            bundle += [UInt8(length >> 8), UInt8(length & 0xFF)] + entry
            count += 1
            guard count & 255 == 0 || count == checkpoint.size else { return }
            try body(TileExport.path("entries", (count - 1) >> 8, width: (count - 1) & 255 + 1), bundle)
            bundle.removeAll(keepingCapacity: true)
            progress(count)
        }
    }

    private func tiles(_ body: (String, [UInt8]) throws -> Void) throws {
        let tree = TileTree(journal: db, size: checkpoint.size)
        var (level, count) = (0, checkpoint.size)
        while count > 0 {
            for number in 0...((count - 1) >> 8) {
                let range = (number << 8)..<min(count, (number + 1) << 8)
                let hashes = try tree.read(level, range)
                guard hashes.count == range.count else {
                    throw JournalError.broken("a tile of level \(level) is missing")
                }
                try body(
                    TileExport.path(String(level), number, width: Int64(range.count)), hashes.flatMap(\.bytes))
            }
            (level, count) = (level + 1, count >> 8)
        }
    }

    /// `tile/L/N`, N in groups of three digits that begin with an x but for the last; `.p/W` where it is not whole.
    static func path(_ level: String, _ number: Int64, width: Int64) -> String {
        var groups = [String(1000 + number % 1000).dropFirst()]
        var rest = number / 1000
        while rest > 0 {
            groups.insert("x" + String(1000 + rest % 1000).dropFirst(), at: 0)
            rest /= 1000
        }
        return "tile/\(level)/\(groups.joined(separator: "/"))" + (width == 256 ? "" : ".p/\(width)")
    }
}
