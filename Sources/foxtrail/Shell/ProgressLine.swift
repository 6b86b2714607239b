import Foundation
import HTTP
import HappyFox
import Synchronization
import SyncEngine

/// One line on stderr that is written over: only on a terminal, and not when quiet.
final class ProgressLine: Sendable {
    private struct State {
        var label = ""
        var began = ContinuousClock.now
        var shown: ContinuousClock.Instant?
    }

    private let columns: Int?
    private let quiet: Bool
    private let zone: String
    private let log: (@Sendable (String) -> Void)?
    private let state = Mutex(State())

    /// - Parameters:
    ///   - zone: The account's, in which times of day are told.
    ///   - log: Takes what is not written over, where that is no business of stderr's.
    init(quiet: Bool, zone: String? = nil, log: (@Sendable (String) -> Void)? = nil) {
        columns = quiet || log != nil ? nil : Descriptor.columns(of: STDERR_FILENO)
        self.quiet = quiet
        self.log = log
        self.zone = zone ?? "UTC"
    }

    /// Says what stays.
    func hint(_ text: String) {
        clear()
        if let log { log(text) } else { Notice.hint(text, quiet: quiet) }
    }

    func show(_ progress: SyncProgress) { show(progress.tenant, Int64(progress.users), unit: "users") }

    func show(_ wait: Wait) { show("\(wait)", lasting: wait.duration) }

    /// What is known at its start is told in any case; the rest only where it can be written over.
    func show(_ progress: HelpDeskProgress) {
        switch progress {
        case .projected(let contacts, let milliseconds):
            let time = Duration.milliseconds(milliseconds)
            let words = time < .seconds(1) ? "less than a second" : "about \(time.inWords)"
            let count = "\(contacts) contact\(contacts == 1 ? "" : "s")"
            hint("\(count) to write in the help desk, which takes \(words)")
        case .reading(let contacts, let total):
            show("help desk, reading", Int64(contacts), of: total.map(Int64.init), unit: "contacts")
        case .writing(let contacts, let total):
            show("help desk, writing", Int64(contacts), of: Int64(total), unit: "contacts")
        case .waiting(let wait):
            show(wait.words(in: zone), lasting: .milliseconds(wait.until - Clock.now()))
        }
    }

    /// A wait of more than a minute is told to logs too, which would else show nothing for as long as it lasts.
    private func show(_ text: String, lasting duration: Duration) {
        guard let columns else {
            if duration > .seconds(60), !quiet { if let log { log(text) } else { Notice.tell([text]) } }
            return
        }
        state.withLock { state in
            write(text, columns)
            state.shown = nil
        }
    }

    /// How far the work below a label has come; with a bar where the whole is known.
    func show(_ label: String, _ done: Int64, of total: Int64? = nil, unit: String) {
        guard let columns else { return }
        state.withLock { state in
            let now = ContinuousClock.now
            if state.label.isEmpty { state.label = label }
            if state.label != label { state = State(label: label, began: now) }
            if let shown = state.shown, now - shown < .milliseconds(100) { return }
            state.shown = now
            write(ProgressLine.text(label, done, of: total, unit: unit, in: now - state.began), columns)
        }
    }

    func clear() { if columns != nil { put("\r\u{1B}[K") } }

    static func text(_ label: String, _ done: Int64, of total: Int64?, unit: String, in time: Duration) -> String {
        var parts = ["\(done)\(total.map { " of \($0)" } ?? "") \(unit)"]
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        if seconds >= 0.5 { parts.append("\(Int64(Double(done) / seconds)) \(unit)/s") }
        let whole = time.components.seconds
        parts.append("\(whole / 60):\(whole % 60 < 10 ? "0" : "")\(whole % 60)")
        return "\(label): \(total.map { bar(done, of: $0) + " " } ?? "")\(parts.joined(separator: ", "))"
    }

    private static func bar(_ done: Int64, of total: Int64) -> String {
        let width: Int64 = 20
        let filled = Int(min(width, max(0, done * width / max(1, total))))
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: Int(width) - filled) + "]"
    }

    /// A line that wrapped could not be written over.
    private func write(_ text: String, _ columns: Int) {
        put("\r\u{1B}[K" + TextWidth.fitted(Output.printable(text), to: columns - 1, padding: false))
    }

    private func put(_ text: String) { _ = Descriptor.write(Array(text.utf8), to: STDERR_FILENO) }
}

extension HelpDeskWait {
    /// Why it is waited, and until when by the account's clock.
    fileprivate func words(in zone: String) -> String {
        let cause =
            switch reason {
            case .limit(let kind, let perMinute): "\(perMinute) \(kind.rawValue) requests a minute are used up"
            case .refused: "the help desk refuses requests for now (429)"
            case .unanswered: "the help desk did not answer to a write, which it may still be at work on"
            }
        return "\(cause), waiting until \(Output.clock(until, zone: zone))"
    }
}
