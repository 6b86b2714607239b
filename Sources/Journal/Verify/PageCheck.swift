import Foundation

/// Looks at the bytes that SQLite itself never reads: the file header's fixed fields and the unused space of pages.
///
/// A journal is only appended to, with `secure_delete` on, so the space that no cell uses is zero: nothing can
/// hide there, and a flipped bit is found. Interior pages below a root are exempt: SQLite leaves copies behind when it
/// balances them. So are bytes 96 to 99 of the file, which name the library that wrote last. Layout:
/// https://www.sqlite.org/fileformat2.html
enum PageCheck {
    enum Outcome {
        /// Somebody may be writing: the file alone does not tell what the pages are.
        case skipped
        case checked([String])
    }

    static func run(path: String) -> Outcome {
        let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
        if let log, log > 0 { return .skipped }
        guard let file = FileHandle(forReadingAtPath: path), let header = try? file.read(upToCount: 100), header.count == 100
        else { return .checked(["the file is too short to be a journal"]) }
        let faults = headerFaults([UInt8](header), length: (try? file.seekToEnd()) ?? 0)
        guard faults.isEmpty else { return .checked(faults) }
        return .checked(pageFaults(file))
    }

    private static func headerFaults(_ header: [UInt8], length: UInt64) -> [String] {
        func number(_ at: Int) -> UInt64 { header[at..<at + 4].reduce(0) { $0 << 8 | UInt64($1) } }
        let fixed: [(at: Int, value: UInt64)] = [
            (28, length / UInt64(JournalFile.pageSize)), (32, 0), (36, 0), (44, 4), (48, 0), (52, 0), (56, 1),
            (60, UInt64(JournalFile.migrations.count)), (64, 0), (68, UInt64(JournalFile.applicationID)),
            (72, 0), (76, 0), (80, 0), (84, 0), (88, 0), (92, number(24)),
        ]
        let start = Array("SQLite format 3\0".utf8) + [0x20, 0, 2, 2, 0, 64, 32, 32]
        var faults = fixed.filter { number($0.at) != $0.value }.map { "byte \($0.at) of the file header is not as written" }
        if Array(header.prefix(24)) != start { faults.append("the start of the file header is not as written") }
        if length % UInt64(JournalFile.pageSize) != 0 { faults.append("the file does not end at the end of a page") }
        return faults
    }

    private static func pageFaults(_ file: FileHandle) -> [String] {
        var faults: [String] = []
        var number = 0
        try? file.seek(toOffset: 0)
        while let page = try? file.read(upToCount: JournalFile.pageSize), page.count == JournalFile.pageSize {
            number += 1
            let bytes = [UInt8](page)
            if let unused = unusedSpace(bytes, isFirst: number == 1), bytes[unused].contains(where: { $0 != 0 }) {
                faults.append("page \(number) holds something in its unused space")
            }
            if faults.count == 5 { break }
        }
        return faults
    }

    /// Between the cell pointers and the cells of a leaf page; nil for other pages.
    private static func unusedSpace(_ page: [UInt8], isFirst: Bool) -> Range<Int>? {
        let header = isFirst ? 100 : 0
        func number(_ at: Int) -> Int { Int(page[at]) << 8 | Int(page[at + 1]) }
        let isTableLeaf = page[header] == 0x0D
        guard isTableLeaf || page[header] == 0x0A else { return nil }
        let start = header + 8 + 2 * number(header + 3)
        let end = number(header + 5) == 0 ? 65_536 : number(header + 5)
        return start <= end && end <= page.count ? start..<end : nil
    }
}
