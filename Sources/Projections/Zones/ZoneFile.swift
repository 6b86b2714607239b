/// A compiled zone of the IANA time zone database (TZif, RFC 9636), as systems keep it in `/usr/share/zoneinfo`.
struct ZoneFile: Sendable {
    private let times: [Int64]
    /// Seconds east of Greenwich from each of the times on.
    private let offsets: [Int64]
    private let first: Int64
    /// What holds behind the last time; nil where the last offset does.
    private let rule: ZoneRule?

    /// Nil for what is no such file, or one of 1995's first version, whose times end in 2038.
    init?(_ bytes: [UInt8]) {
        guard let old = Header(bytes, at: 0), old.version >= UInt8(ascii: "2"),
            let header = Header(bytes, at: Header.size + old.length(time: 4))
        else { return nil }
        let start = 2 * Header.size + old.length(time: 4)
        let end = start + header.length(time: 8)
        guard end <= bytes.count, header.types > 0 else { return nil }
        let types = start + header.times * 9
        let known = (0..<header.types).map { Int64(Int32(truncatingIfNeeded: bytes.integer(at: types + $0 * 6, 4))) }
        let indices = bytes[(start + header.times * 8)..<types].map(Int.init)
        guard indices.allSatisfy({ $0 < known.count }) else { return nil }
        times = (0..<header.times).map { bytes.integer(at: start + $0 * 8, 8) }
        offsets = indices.map { known[$0] }
        first = known[0]
        let footer = bytes[end...].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard footer.count >= 3 else { return nil }
        let text = String(decoding: footer[footer.startIndex + 1], as: UTF8.self)
        rule = text.isEmpty ? nil : ZoneRule(text)
        if !text.isEmpty, rule == nil { return nil }
    }

    /// Seconds east of Greenwich at a time in seconds since 1970.
    func offset(at time: Int64) -> Int64 {
        guard let last = times.last, time >= times[0] else {
            return times.isEmpty ? rule?.offset(at: time) ?? first : first
        }
        if time >= last, let rule { return rule.offset(at: time) }
        var (low, high) = (0, times.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if times[middle] <= time { low = middle } else { high = middle }
        }
        return offsets[low]
    }

    private struct Header {
        static let size = 44
        let version: UInt8
        private let counts: [Int]
        var times: Int { counts[3] }
        var types: Int { counts[4] }

        init?(_ bytes: [UInt8], at start: Int) {
            guard bytes.count >= start + Header.size, bytes[start..<(start + 4)].elementsEqual("TZif".utf8) else {
                return nil
            }
            version = bytes[start + 4]
            counts = (0..<6).map { Int(bytes.integer(at: start + 20 + $0 * 4, 4)) }
            guard counts.allSatisfy({ 0...100_000 ~= $0 }) else { return nil }
        }

        /// Of the data behind it, whose times have so many bytes.
        func length(time: Int) -> Int {
            let (marks, standards, leaps, characters) = (counts[0], counts[1], counts[2], counts[5])
            return times * (time + 1) + types * 6 + characters + leaps * (time + 4) + standards + marks
        }
    }
}

extension [UInt8] {
    fileprivate func integer(at start: Int, _ count: Int) -> Int64 {
        self[start..<(start + count)].reduce(0) { $0 << 8 | Int64($1) }
    }
}
