import Projections
import SyncEngine

extension Midnight {
    /// RFC 3339, as in every list.
    var utc: String { Output.time(at) }

    /// By the clock of the zone, with its offset. Not by Foundation's own idea of the zone, which may be an older one.
    var local: String {
        let minutes = offset.magnitude / 60
        let time = Output.time(at + offset * 1000).dropLast()
        return "\(time)\(offset < 0 ? "-" : "+")\(Midnight.two(minutes / 60)):\(Midnight.two(minutes % 60))"
    }

    fileprivate static func two(_ number: some BinaryInteger) -> String { (number < 10 ? "0" : "") + String(number) }
}

extension Midnight.Oddity {
    var words: String {
        switch self {
        case .clockSkips(let seconds):
            "the clock skips midnight: the day begins at \(Midnight.two(seconds / 3600)):\(Midnight.two(seconds / 60 % 60))"
        case .comesTwice: "midnight comes twice: this is the first"
        case .daysLeftOut(let days):
            "there is no \(days.map(\.description).joined(separator: " and no ")) in this time zone"
        case .zoneChanged(let old): "the first by the new time zone, which was \(old)"
        }
    }
}
