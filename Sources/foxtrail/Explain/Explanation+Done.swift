import ContactSync
import Journal
import Projections

/// The fifth step: how it ended, and what a person can do.
extension Explanation {
    var done: Step {
        var lines = [outcomeInWords] + reasons.flatMap { ["- \($0.text)", "  to mend it: \($0.advice)"] }
        if let later = held ?? overdue ?? again { lines.append(later) }
        if let mail = facts.mail { lines.append("account e-mail: \(mail.words(in: zone))") }
        if !changes.isEmpty {
            lines.append(
                "since then: " + changes.map { "\($0.type) (event \($0.position))" }.joined(separator: ", ")
                    + (isHeld ? "" : "; the next sync decides again"))
        }
        return Step(
            name: "done", lines: lines,
            members: [
                ("outcome", .string(outcome)), ("pending", .bool(facts.isPending)), ("held", .bool(isHeld)),
                ("decidedIn", JSONValue(facts.chain.decision?.record.sync)),
                ("decidedAt", Output.json(time: facts.chain.decision?.record.recordedAt)),
                ("event", JSONValue(facts.chain.decision?.record.position.rawValue)),
                ("reasons", .array(reasons.map(Explanation.json))),
                ("changedSince", .array(changes.map { .number($0.position.description) })),
            ])
    }

    /// `undecided` where the help desk has not been told yet.
    var outcome: String {
        switch facts.row.outcome {
        case .undecided: "undecided"
        case .synced: "synced"
        case .failed: "failed"
        }
    }

    var reasons: [Reason] { facts.failure?.reasons ?? [] }

    static func json(_ reason: Reason) -> JSONValue {
        .object([("text", .string(reason.text)), ("advice", .string(reason.advice)), ("code", .string(reason.code))])
    }

    private var changes: [RecordedEvent] { facts.past.changes }

    private var outcomeInWords: String {
        if facts.isPending { return "asked for, and the answer is missing: the next sync finds out" }
        guard let decision = facts.chain.decision, facts.row.outcome != .undecided else {
            return facts.contact == nil && facts.chain.decision != nil
                ? "undecided: the contact is no longer this user's, and the next sync decides again" : outcome
        }
        let place = " in \(self.place(of: (facts.chain.answer ?? decision).record))"
        switch facts.row.outcome {
        case .undecided: return outcome + place
        case .failed: return outcome + place + (refusalInWords.map { ": \($0)" } ?? "")
        case .synced: return outcome + place + (deedInWords(decision).map { ": \($0)" } ?? "")
        }
    }

    /// Each field fits by the rules that are known here, and the help desk has rules of its own.
    private var refusalInWords: String? {
        for case .refused(let desk, _) in reasons {
            return reasons.count == 1 ? "what is mapped fits, and \(desk) refused it" : "\(desk) refused it"
        }
        return nil
    }

    /// That a later sync has found nothing else to do.
    private var again: String? {
        guard let last = facts.lastRead, let decided = facts.chain.decision?.record.sync, last > decided else {
            return nil
        }
        switch facts.row.outcome {
        case .synced where !facts.row.isRemoved: return "sync \(last) found nothing to change"
        case .failed where !facts.row.isRemoved: return "it failed for the same reasons in sync \(last)"
        case .undecided, .synced, .failed: return nil
        }
    }

    private func deedInWords(_ decision: RecordChain.Step) -> String? {
        if decision.isErased { return "what was written is erased, with the contact's former user" }
        return switch decision.event {
        case .contactCreated, .contactWriteRequested(.create): "contact made"
        case .contactUpdated(let update), .contactWriteRequested(.update(let update)):
            update.changes.isEmpty
                ? "the contact was as it should be"
                : "\(update.changes.count) field\(update.changes.count == 1 ? "" : "s") written"
        default: nil
        }
    }
}
