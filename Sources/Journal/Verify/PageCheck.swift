import Foundation

/// Looks at the fixed fields of the file header, most of which SQLite itself never reads again.
///
/// Bytes 40 to 43 and 96 to 99 are exempt: they count how often the schema was written, an erasure counting too, and name
/// the library that wrote last. The space in a page that no cell uses is not
/// looked at: SQLite leaves copies there when it balances pages, even with `secure_delete` on, so nothing can be
/// concluded from it. Layout: https://www.sqlite.org/fileformat2.html
enum PageCheck {
    enum Outcome {
        /// Somebody may be writing: the file alone does not tell what the pages are.
        case skipped
        case checked([String])
    }

    static func run(path: String) -> Outcome {
        let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
        if let log, log > 0 { return .skipped }
        guard let file = FileHandle(forReadingAtPath: path), let header = try? file.read(upToCount: 100),
            header.count == 100
        else { return .checked(["the file is too short to be a journal"]) }
        return .checked(headerFaults([UInt8](header), length: (try? file.seekToEnd()) ?? 0))
    }

    private static func headerFaults(_ header: [UInt8], length: UInt64) -> [String] {
        func number(_ at: Int) -> UInt64 { header[at..<at + 4].reduce(0) { $0 << 8 | UInt64($1) } }
        let fixed: [(at: Int, value: UInt64)] = [
            (28, length / UInt64(JournalFile.pageSize)), (32, 0), (36, 0), (44, 4), (48, 0), (52, 0), (56, 1),
            (60, min(max(number(60), 1), UInt64(JournalFile.migrations.count))), (64, 0),
            (68, UInt64(JournalFile.applicationID)),
            (72, 0), (76, 0), (80, 0), (84, 0), (88, 0), (92, number(24)),
        ]
        let start = Array("SQLite format 3\0".utf8) + [0x20, 0, 2, 2, 0, 64, 32, 32]
        var faults = fixed.filter { number($0.at) != $0.value }.map {
            "byte \($0.at) of the file header is not as written"
        }
        if Array(header.prefix(24)) != start { faults.append("the start of the file header is not as written") }
        if length % UInt64(JournalFile.pageSize) != 0 { faults.append("the file does not end at the end of a page") }
        return faults
    }
}
