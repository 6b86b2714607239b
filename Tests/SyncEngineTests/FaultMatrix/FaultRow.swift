import Simulators
import Testing

/// One way in which a day can go wrong, and what must come of it.
struct FaultRow: Sendable, CustomTestStringConvertible {
    /// How the users are read on that day.
    enum Reading: String, Sendable {
        case changes, everybody, list, members
        /// Everybody, and nobody was ever read before.
        case first
    }

    enum Outcome: Sendable {
        case completed
        /// With words of the reason.
        case failed(String, disables: Bool = false)
    }

    let name: String
    var reading = Reading.changes
    var faults: [Fault] = []
    /// What else goes wrong, where faults cannot do it.
    var strike: @Sendable (Scene) throws -> Void = { _ in }
    var heal: @Sendable (Scene) throws -> Void = { _ in }
    /// What is special about the installation.
    var prepare: @Sendable (Scene) throws -> Void = { _ in }
    var outcome = Outcome.completed
    /// Requests of Graph beyond those of the same day without the fault, where it is worth a rule.
    var extra: Int?
    /// The contacts are right only after the next reading of everybody: the fault kept something back.
    var needsReconciliation = false

    var testDescription: String { "\(name), \(reading.rawValue)" }
}

extension FaultRow {
    init(
        _ name: String, _ reading: Reading = .changes, _ faults: Fault..., outcome: Outcome = .completed,
        extra: Int? = nil
    ) {
        (self.name, self.reading, self.faults, self.outcome, self.extra) = (name, reading, faults, outcome, extra)
    }

    func with(_ change: (inout FaultRow) -> Void) -> FaultRow {
        var row = self
        change(&row)
        return row
    }

    static let all = delta + pages + objects + transport + authorizations + signIn + tenants
}
