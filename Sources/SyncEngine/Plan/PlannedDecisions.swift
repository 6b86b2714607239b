import ContactSync

/// The decisions of a plan, while a sync asks for each of its own whether it is one of them.
package final class PlannedDecisions {
    /// Only their hashes: a first sync may have planned a million.
    private var open: Set<Int> = []
    private var made: Set<Int> = []

    package init(_ plan: SyncPlan) {
        for entry in plan.entries {
            if let decision = entry.decision { open.insert(PlannedDecisions.hash(decision, entry.user)) }
        }
    }

    /// How many were not made: what they were about has come to be so without us.
    package var left: Int { open.count }

    func hold(_ decision: RecordDecision, of user: UserKey) -> Bool {
        let hash = PlannedDecisions.hash(decision, user)
        if open.remove(hash) != nil { made.insert(hash) }
        return made.contains(hash)
    }

    /// Without the numbers that a help desk gives, and without what was there before: that is in the plan for people.
    private static func hash(_ decision: RecordDecision, _ user: UserKey) -> Int {
        var hasher = Hasher()
        hasher.combine(user)
        for change in decision.changes {
            hasher.combine(change.field)
            hasher.combine(change.new?.shown)
        }
        switch decision {
        case .create: hasher.combine("create")
        case .update(let update): hasher.combine(update.adopts)
        case .fail(let failed):
            hasher.combine(failed.email)
            for reason in failed.reasons { hasher.combine(reason.text) }
        }
        return hasher.finalize()
    }
}
