/// A day of the Gregorian calendar, without any zone.
package struct CivilDay: Equatable, Comparable, Sendable, CustomStringConvertible {
    /// Counted from 1970-01-01, which is 0.
    package let number: Int64

    package init(_ number: Int64) { self.number = number }

    /// The day on which a clock shows a time, in its own seconds since 1970.
    package init(containing clock: Int64) { number = clock.flooring(86_400) }

    /// Counts years from March, so that the leap day is the last one.
    init(year: Int64, month: Int64, day: Int64) {
        let year = month <= 2 ? year - 1 : year
        let era = year.flooring(400)
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let yearOfEra = year - era * 400
        number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    var year: Int64 { civil.year }

    private var civil: (year: Int64, month: Int64, day: Int64) {
        let shifted = number + 719_468
        let era = shifted.flooring(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let year = yearOfEra + era * 400 + (month < 10 ? 0 : 1)
        return (year, month < 10 ? month + 3 : month - 9, dayOfYear - (153 * month + 2) / 5 + 1)
    }

    package static func < (left: CivilDay, right: CivilDay) -> Bool { left.number < right.number }

    /// As ISO 8601 writes it.
    package var description: String {
        let (year, month, day) = civil
        func padded(_ number: Int64, _ width: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

extension Int64 {
    /// Division that rounds down, also below zero.
    package func flooring(_ divisor: Int64) -> Int64 { self >= 0 ? self / divisor : (self + 1) / divisor - 1 }
}
