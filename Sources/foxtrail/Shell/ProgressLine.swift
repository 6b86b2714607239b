import Foundation
import HTTP
import HappyFox
import Synchronization
import SyncEngine

/// How far long work has come, on stderr: one line that is written over on a terminal, a line now and then elsewhere, and
/// nothing when quiet.
final class ProgressLine: Sendable {
    private let columns: Int?
    private let quiet: Bool
    private let zone: String
    private let pace: Mutex<ProgressPace>
    private let log: (@Sendable (String) -> Void)?
    private let stepped: @Sendable (Duration) -> Void

    /// - Parameters:
    ///   - zone: The account's, in which times of day are told.
    ///   - log: Takes what is not written over, where that is no business of stderr's.
    ///   - stepped: Called with whatever is told, shown or not, and how long nothing more will be: zero but for a wait.
    init(
        quiet: Bool, zone: String? = nil, log: (@Sendable (String) -> Void)? = nil,
        stepped: @escaping @Sendable (Duration) -> Void = { _ in }
    ) {
        columns = quiet || log != nil ? nil : Descriptor.columns(of: STDERR_FILENO)
        self.quiet = quiet
        self.log = log
        self.stepped = stepped
        self.zone = zone ?? "UTC"
        pace = Mutex(ProgressPace(columns == nil ? .log : .terminal, at: .now))
    }

    /// Says what stays.
    func hint(_ text: String) {
        stepped(.zero)
        clear()
        if let log { log(text) } else { Notice.hint(text, quiet: quiet) }
    }

    func show(_ progress: SyncProgress) {
        switch progress.step {
        case .reading:
            show(
                .init(
                    label: progress.tenant, done: Int64(progress.users), total: progress.expected.map(Int64.init),
                    isEstimate: true, unit: "users"))
        case .deciding: show("\(progress.tenant), deciding", Int64(progress.users), unit: "users")
        }
    }

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

    /// What is at work where nobody can tell how far it has come; only where it can be written over.
    func show(step text: String) { show("\(text) ...", lasting: .zero) }

    /// A wait of more than a minute is told to logs too, which would else show nothing for as long as it lasts.
    private func show(_ text: String, lasting duration: Duration) {
        stepped(duration)
        guard let columns else {
            if duration > .seconds(60), !quiet { if let log { log(text) } else { Notice.tell([text]) } }
            return
        }
        write(text, columns)
        pace.withLock { $0.interrupt() }
    }

    /// How far the work below a label has come; with a bar and the time that is left where the whole is known.
    func show(_ label: String, _ done: Int64, of total: Int64? = nil, unit: String) {
        show(.init(label: label, done: done, total: total, unit: unit))
    }

    private func show(_ work: ProgressPace.Work) {
        stepped(.zero)
        guard !quiet, let line = pace.withLock({ $0.line(work, at: .now) }) else { return }
        if let columns { write(line, columns) } else if let log { log(line) } else { Notice.tell([line]) }
    }

    func clear() { if columns != nil { put("\r\u{1B}[K") } }

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
