package import ContactSync
package import Projections

/// What a sync would change of one user's record.
package struct Difference: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case create, update
        /// A record that was synced, or is new, fails.
        case fail
        /// A record that failed no longer does.
        case heal
        /// A record that failed fails for other reasons.
        case failOtherwise
        /// A record that the help desk refused is sent to it again.
        case retry
    }

    package let user: UserKey
    /// The contact's address, or the one that a failed record would have had; empty where there is none.
    package let email: String
    package let kind: Kind
    /// There is no contact yet.
    package let isNew: Bool
    /// The user is linked to a contact that was there before.
    package let adopts: Bool
    package let changes: [ContactChange]
    package let reasons: [Reason]

    /// From all decisions about one user, the first one first; nil where there are none.
    init?(_ decisions: [RehearsedDecision]) {
        guard let first = decisions.first, let last = decisions.last else { return nil }
        (user, email, reasons) = (last.user.key, last.email, last.decision.reasons)
        isNew = decisions.contains { if case .create = $0.decision { true } else { false } } || last.isNewFailure
        adopts = decisions.contains { if case .update(let update) = $0.decision { update.adopts } else { false } }
        changes = Difference.merged(decisions.flatMap(\.decision.changes))
        switch (last.decision, first.before) {
        case (.fail, .failed): kind = .failOtherwise
        case (.fail, .undecided), (.fail, .synced): kind = .fail
        case (.create, .failed), (.update, .failed): kind = first.wasRefused ? .retry : .heal
        case (.create, .undecided), (.create, .synced): kind = .create
        case (.update, .undecided), (.update, .synced): kind = isNew ? .create : .update
        }
    }

    /// Each part once: what it held first, and what it holds in the end.
    private static func merged(_ changes: [ContactChange]) -> [ContactChange] {
        var merged: [ContactChange] = []
        for change in changes {
            guard let index = merged.firstIndex(where: { $0.field == change.field }) else {
                merged.append(change)
                continue
            }
            merged[index] = ContactChange(change.field, old: merged[index].old, new: change.new)
        }
        return merged
    }
}

extension RehearsedDecision {
    fileprivate var isNewFailure: Bool { if case .fail(let failed) = decision { failed.contact == nil } else { false } }
}

extension Rehearsal {
    /// Hands out what would change, a user at a time, in the order in which users were first fetched, and counts it.
    @discardableResult
    package func eachDifference(_ body: (Difference) throws -> Void) throws -> DifferenceTotals {
        var totals = DifferenceTotals()
        var decisions: [RehearsedDecision] = []
        func flush() throws {
            if let difference = Difference(decisions) {
                totals.add(difference)
                try body(difference)
            }
            decisions.removeAll(keepingCapacity: true)
        }
        try eachDecision { decision in
            if decisions.last.map({ $0.user.id != decision.user.id }) ?? false { try flush() }
            decisions.append(decision)
        }
        try flush()
        try totals.addOthers(self)
        return totals
    }
}
