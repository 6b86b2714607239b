import ContactSync
import EntraID
import Journal

/// Which decisions a sync may record.
package enum Permit {
    case anything
    /// Those of a plan, and no others.
    case planned(PlannedDecisions)

    /// Throws where the decision may not be recorded: the record stays as it was, and is decided at the next sync.
    func check(_ event: Event, of user: UserKey) throws {
        switch self {
        case .anything: return
        case .planned(let plan):
            guard let decision = RecordDecision(event), !plan.hold(decision, of: user) else { return }
            throw EntraError.unplanned(user)
        }
    }
}

extension EntraError {
    /// Nothing is concluded from a read of which a part was not taken in: the next sync reads it again.
    static func unplanned(_ user: UserKey) -> EntraError {
        EntraError(
            .unexpected, "entra or the contacts have moved since the plan was checked: user \(user.objectID)",
            hints: ["foxtrail sync preview --save FILE makes a new plan"])
    }
}
