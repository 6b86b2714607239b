import ContactSync
import Projections

/// How often a message is tried that does not get through. What stands is tried for as long as it stands.
enum NoticePace {
    private static let hour: Int64 = 3_600_000

    /// Whether whoever tries on their own, and not because somebody asked, tries it now: the pause doubles from an hour to
    /// a day, so what never gets through costs an event a day.
    static func isTime(for message: DueNotice, at now: Int64) -> Bool {
        guard let before = message.before else { return true }
        let pause = min(hour << min(Int64(before.attempts) - 1, 5), Milliseconds.day)
        // A clock that was set back must not stop it.
        return now >= before.at + pause || now < before.at
    }

    /// Whether a message that has failed once more is given up: only an end, after five days. So many attempts as a daily
    /// sync has made by then: a clock that leaps ahead is no reason.
    static func isOver(_ message: DueNotice, at now: Int64) -> Bool {
        guard message.part == .cleared, let before = message.before else { return false }
        return now - before.firstAt > 5 * Milliseconds.day && before.attempts >= 5
    }
}
