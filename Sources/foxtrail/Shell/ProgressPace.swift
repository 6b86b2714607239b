/// When a line of progress is due and what it says: a value, told the time, so that it can be tested without waiting.
struct ProgressPace {
    enum Reader {
        /// A line that is written over, ten times a second.
        case terminal
        /// A log: a line in ten seconds, and none for what takes less.
        case log
    }

    /// How far work has come.
    struct Work {
        let label: String
        let done: Int64
        /// The whole, where it is known.
        var total: Int64?
        /// The whole is what it was the last time.
        var isEstimate = false
        let unit: String
    }

    private let reader: Reader
    private var shown: ContinuousClock.Instant?
    private var label: String?
    /// When the work below this label was first told of, and how far it was then: it may go on from earlier work.
    private var start: (time: ContinuousClock.Instant, done: Int64)

    init(_ reader: Reader, at now: ContinuousClock.Instant) {
        self.reader = reader
        start = (now, 0)
        // Until the first interval is over a log is told nothing.
        if reader == .log { shown = now }
    }

    /// What is to be shown now; nil where the last line is young enough.
    mutating func line(_ work: Work, at now: ContinuousClock.Instant) -> String? {
        if label != work.label {
            (label, start) = (work.label, (now, work.done))
            if reader == .terminal { shown = nil }
        }
        if let shown, now - shown < interval { return nil }
        shown = now
        return text(work, in: now - start.time)
    }

    /// Something else was shown in its place.
    mutating func interrupt() { if reader == .terminal { shown = nil } }

    private var interval: Duration { reader == .terminal ? .milliseconds(100) : .seconds(10) }

    private func text(_ work: Work, in time: Duration) -> String {
        // More than there were the last time: how many more nobody knows.
        let total = work.total.flatMap { work.isEstimate && work.done > $0 ? nil : $0 }
        var parts = ["\(work.done)\(total.map { " of \(work.isEstimate ? "about " : "")\($0)" } ?? "") \(work.unit)"]
        let rate = Double(work.done - start.done) / max(time / .seconds(1), 0.001)
        if time >= .milliseconds(500), rate >= 1 {
            parts.append("\(Int64(rate)) \(work.unit)/s")
            if let total { parts.append("\(ProgressPace.clock(Double(total - work.done) / rate)) left") }
        }
        guard reader == .terminal else { return "\(work.label): \(parts.joined(separator: ", "))" }
        if total == nil { parts.append(ProgressPace.clock(time / .seconds(1))) }
        return "\(work.label): \(total.map { ProgressPace.bar(work.done, of: $0) + " " } ?? "")"
            + parts.joined(separator: ", ")
    }

    private static func clock(_ seconds: Double) -> String {
        let whole = Int64(max(0, seconds).rounded(.up))
        let minutes = "\(whole / 60 % 60)"
        let rest = "\(whole % 60 < 10 ? "0" : "")\(whole % 60)"
        return whole < 3600 ? "\(minutes):\(rest)" : "\(whole / 3600):\(minutes.count < 2 ? "0" : "")\(minutes):\(rest)"
    }

    private static func bar(_ done: Int64, of total: Int64) -> String {
        let width: Int64 = 20
        let filled = Int(min(width, max(0, done * width / max(1, total))))
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: Int(width) - filled) + "]"
    }
}
