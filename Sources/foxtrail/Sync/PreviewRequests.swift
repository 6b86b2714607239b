import ContactSync
import HappyFox
import Projections

/// What a preview has asked the help desk: counted there, and recorded nowhere, since a preview leaves everything as it is.
enum PreviewRequests {
    /// What whoever begins a sync now should know; nil where the limits leave room for both, since a sync asks about as much.
    static func hint(_ rehearsal: Rehearsal, at now: Int64) throws -> String? {
        let (state, recent) = try rehearsal.read { (try HelpDeskState.fetch($0), try RecentRequests.fetch($0)) }
        let lately = recent.filter { $0.at > now - RecentRequests.span }
        guard state.desk.isRemote, let last = lately.last, let allowed = RateLimiter.allowed[.get] else { return nil }
        let requests = lately.map(\.gets).reduce(0, +)
        let share = allowed * (state.desk.requestShare ?? RateLimiter.usualShare) / 100
        guard requests + min(requests, share) > allowed else { return nil }
        let clear = Output.time(last.at + RecentRequests.span)
        return
            "begin a sync after \(clear): it does not know of this preview's requests, and both together may be more "
            + "than the \(allowed) a minute behind which HappyFox refuses everything for ten minutes"
    }
}
