import ContactSync
import Journal
import Projections

/// The fifth step: how it ended, and what a person can do.
extension Explanation {
    var done: Step {
        var lines = [outcomeInWords] + reasons.flatMap { ["- \($0.text)", "  to mend it: \($0.advice)"] }
        if let again { lines.append(again) }
        if let held { lines.append(held) }
        if let mail = facts.mail { lines.append("account e-mail: \(mail.words(in: zone))") }
        if !changes.isEmpty {
            lines.append(
                "since then: \(changes.map { "\($0.type) (event \($0.position))" }.joined(separator: ", ")); "
                    + "the next sync decides again")
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
        case .undecided, .failed: return outcome + place
        case .synced: return outcome + place + (deedInWords(decision.event).map { ": \($0)" } ?? "")
        }
    }

    var isHeld: Bool { facts.row.isDue && facts.tenant.hold != nil }

    /// What a guard keeps from the contact; nil where it holds nothing of this user.
    private var held: String? {
        guard isHeld, let hold = facts.tenant.hold else { return nil }
        let mapped = facts.traces.first?.value.shown ?? ""
        let email = facts.contact?.email ?? mapped
        return "what is mapped here is held by the guard since sync \(hold.sync): "
            + "foxtrail sync approve --only \(email)"
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

    private func deedInWords(_ event: Event) -> String? {
        switch event {
        case .contactCreated, .contactWriteRequested(.create): "contact made"
        case .contactUpdated(let update), .contactWriteRequested(.update(let update)):
            update.changes.isEmpty
                ? "the contact was as it should be"
                : "\(update.changes.count) field\(update.changes.count == 1 ? "" : "s") written"
        default: nil
        }
    }
}
