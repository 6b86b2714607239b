import ContactSync
import HappyFox
import Projections

/// What a preview has asked the help desk: counted there, and recorded nowhere, since a preview leaves everything as it is.
enum PreviewRequests {
    /// What whoever begins a sync now should know; nil where the limits leave room for both.
    static func hint(_ rehearsal: Rehearsal, at now: Int64) throws -> String? {
        let (state, recent) = try rehearsal.read { (try HelpDeskState.fetch($0), try RecentRequests.fetch($0)) }
        let lately = recent.filter { $0.at > now - RecentRequests.span }
        let (requests, allowed) = (lately.map(\.gets).reduce(0, +), RateLimiter.allowed[.get] ?? 0)
        let left = 100 - (state.desk.requestShare ?? RateLimiter.usualShare)
        guard state.desk.isRemote, requests * 100 > left * allowed, let last = lately.last else { return nil }
        let clear = Output.time(last.at + RecentRequests.span)
        return
            "begin a sync after \(clear): it does not know of this preview's \(requests) requests, and whoever asks more "
            + "than \(allowed) times a minute is refused by HappyFox for ten"
    }
}
