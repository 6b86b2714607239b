import Logging
import Projections

/// In whose name the service runs syncs: that of the agent who was named, for as long as that agent may act.
///
/// A service must not stop because a person left: from then on the schedule acts in its own name.
struct ServiceActor: Sendable {
    /// The schedule's own name.
    static let own = "foxtrail"

    private let global: GlobalOptions
    private let logger: Logger

    /// Refuses a name that nobody here ever had.
    init(_ global: GlobalOptions, _ logger: Logger) throws {
        (self.global, self.logger) = (global, logger)
        guard let email = global.actingEmail else { return }
        let isKnown = try global.readModels().read { try Installation.everHadAgent(email, $0) }
        if !isKnown { _ = try global.permittedActor() }
    }

    /// As of now; nil where the agent who was named may no longer act.
    func current() throws -> String? {
        do { return try ScheduleActor.name(global) } catch let failure as Failure where failure.code == .notPermitted {
            return nil
        }
    }

    /// As of now; it is logged where that is not the agent who was named.
    func name() throws -> String {
        if let name = try current() { return name }
        let hints = ["name an agent with the role admin (--as, FOXTRAIL_AGENT), or nobody, and restart the service"]
        let words = "the agent in whose name the service runs may not run a sync any more: the schedule acts in its own"
        logger.fail(Failure(.notPermitted, words, hints))
        return ServiceActor.own
    }
}
