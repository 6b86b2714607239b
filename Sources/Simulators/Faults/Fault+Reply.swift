internal import FoundationEssentials

extension Fault {
    /// What remains of a good answer when the connection or the line misbehaves.
    func spoiling(_ reply: Reply) -> Reply {
        var reply = reply
        switch kind {
        case .drop: reply.delivery = after == "head" ? .dropAfterHead : .dropBeforeHead
        case .truncate: reply.delivery = .truncated
        case .slow: reply.delay += .milliseconds(Int(min(max(seconds ?? 1, 0), 3600) * 1000))
        case .notJSON:
            reply = .text(
                "<!DOCTYPE html><html><body><h1>Our services aren't available right now</h1></body></html>",
                type: "text/html")
        case .clockSkew:
            let time = Date(timeIntervalSinceNow: seconds ?? 600)
            reply = reply.with(ForcedDate.header, Timestamp.http(time))
        default: break
        }
        return reply
    }

    /// The value of `Retry-After`.
    var retryAfterHeader: String? {
        retryAfter == "date" ? Timestamp.http(Date(timeIntervalSinceNow: 1)) : retryAfter
    }
}
