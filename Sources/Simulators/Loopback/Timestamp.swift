internal import FoundationEssentials

/// Points in time as the wire spells them, without a formatter: those depend on a locale and are slow.
enum Timestamp {
    /// `2026-08-13T21:24:29`, UTC without saying so, as in Graph's error bodies.
    static func iso(_ date: Date) -> String { iso(seconds: Int(date.timeIntervalSince1970)) }

    /// As `iso`, of this moment.
    static var now: String { iso(Date()) }

    /// `2026-08-13 21:24:29Z`, as in the token endpoint's errors.
    static func spaced(_ date: Date) -> String {
        let text = iso(date)
        return "\(text.prefix(10)) \(text.suffix(8))Z"
    }

    static func iso(seconds: Int) -> String {
        let day = CivilDay(daysSince1970: seconds.quotient(86_400))
        let clock = seconds - seconds.quotient(86_400) * 86_400
        return day.text + "T" + two(clock / 3600) + ":" + two(clock / 60 % 60) + ":" + two(clock % 60)
    }

    /// An IMF-fixdate of RFC 9110, for `Retry-After`.
    static func http(_ date: Date) -> String {
        let seconds = Int(date.timeIntervalSince1970)
        let days = seconds.quotient(86_400)
        let day = CivilDay(daysSince1970: days)
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][(days % 7 + 7) % 7]
        let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][day.month - 1]
        return "\(weekday), \(two(day.day)) \(month) \(day.year) \(iso(seconds: seconds).suffix(8)) GMT"
    }

    static func two(_ number: Int) -> String { number < 10 ? "0" + String(number) : String(number) }
}

/// A day of the proleptic Gregorian calendar, by Howard Hinnant's algorithm.
struct CivilDay {
    let year: Int
    let month: Int
    let day: Int

    init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = shifted.quotient(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Reads `yyyy-mm-dd`; nil for a text of another form. The 30th of February becomes a day of March.
    init?(parsing text: some StringProtocol) {
        let parts = text.split(separator: "-").map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        self.init(daysSince1970: Self.days(year: year, month: month, day: day))
    }

    /// The inverse of the other initializer.
    var daysSince1970: Int { Self.days(year: year, month: month, day: day) }

    private static func days(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = year.quotient(400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    var text: String { String(year) + "-" + Timestamp.two(month) + "-" + Timestamp.two(day) }
}

extension Int {
    /// Division that rounds towards minus infinity.
    fileprivate func quotient(_ divisor: Int) -> Int {
        self >= 0 ? self / divisor : -((divisor - 1 - self) / divisor)
    }
}
