/// When the clocks of a zone are changed from now on: the `TZ` string of POSIX with which a zone file ends (RFC 9636, 3.3),
/// such as `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule: Sendable {
    private let standard: Int64
    private let summer: (offset: Int64, start: YearDay, end: YearDay)?

    init?(_ text: String) {
        var scan = Scan(rest: Substring(text))
        guard scan.name(), let west = scan.time() else { return nil }
        standard = -west
        if scan.rest.isEmpty {
            summer = nil
            return
        }
        guard scan.name() else { return nil }
        let offset = scan.time().map { -$0 } ?? standard + 3600
        guard scan.take(","), let start = YearDay(&scan), scan.take(","), let end = YearDay(&scan), scan.rest.isEmpty
        else { return nil }
        summer = (offset, start, end)
    }

    func offset(at time: Int64) -> Int64 {
        guard let summer else { return standard }
        let year = CivilDay(containing: time + standard).year
        let (start, end) = (summer.start.time(in: year) - standard, summer.end.time(in: year) - summer.offset)
        let isSummer = start < end ? start <= time && time < end : !(end <= time && time < start)
        return isSummer ? summer.offset : standard
    }

    /// A day of each year, and a time of that day which may lie outside of it.
    private struct YearDay: Sendable {
        private enum Form {
            /// `week` 5 is the last one.
            case weekday(month: Int64, week: Int64, day: Int64)
            /// Counted from 1, and never 29 February.
            case julian(Int64)
            /// Counted from 0.
            case day(Int64)
        }
        private let form: Form
        private let seconds: Int64

        init?(_ scan: inout Scan) {
            if scan.take("M") {
                guard let month = scan.number(), 1...12 ~= month, scan.take("."), let week = scan.number(),
                    1...5 ~= week,
                    scan.take("."), let day = scan.number(), 0...6 ~= day
                else { return nil }
                form = .weekday(month: month, week: week, day: day)
            } else if scan.take("J") {
                guard let day = scan.number(), 1...365 ~= day else { return nil }
                form = .julian(day)
            } else {
                guard let day = scan.number(), 0...365 ~= day else { return nil }
                form = .day(day)
            }
            guard scan.take("/") else {
                seconds = 7200
                return
            }
            guard let time = scan.time() else { return nil }
            seconds = time
        }

        /// In seconds since 1970, by the clock as it is until then.
        func time(in year: Int64) -> Int64 { day(in: year) * 86_400 + seconds }

        private func day(in year: Int64) -> Int64 {
            let new = CivilDay(year: year, month: 1, day: 1).number
            switch form {
            case .day(let day): return new + day
            case .julian(let day):
                let isLeap = CivilDay(year: year + 1, month: 1, day: 1).number - new == 366
                return new + day - 1 + (isLeap && day > 59 ? 1 : 0)
            case .weekday(let month, let week, let day):
                let first = CivilDay(year: year, month: month, day: 1).number
                let next = CivilDay(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1).number
                // 1970-01-01 was a Thursday.
                let weekday = ((first + 4) % 7 + 7) % 7
                var found = first + (day - weekday + 7) % 7 + (week - 1) * 7
                while found >= next { found -= 7 }
                return found
            }
        }
    }

    private struct Scan {
        var rest: Substring

        mutating func take(_ character: Character) -> Bool {
            guard rest.first == character else { return false }
            rest.removeFirst()
            return true
        }

        /// The abbreviation, which is nobody's business here.
        mutating func name() -> Bool {
            if take("<") {
                rest = rest.drop { $0 != ">" }
                return take(">")
            }
            let before = rest.count
            rest = rest.drop { $0.isASCII && $0.isLetter }
            return before - rest.count >= 3
        }

        mutating func number() -> Int64? {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard digits.count <= 3, let number = Int64(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            return number
        }

        /// Hours, or hours:minutes, or with seconds; in seconds.
        mutating func time() -> Int64? {
            let sign: Int64 = take("-") ? -1 : 1
            if sign == 1 { _ = take("+") }
            guard let hours = number() else { return nil }
            var seconds = hours * 3600
            for unit: Int64 in [60, 1] where take(":") {
                guard let part = number(), part < 60 else { return nil }
                seconds += part * unit
            }
            return sign * seconds
        }
    }
}
