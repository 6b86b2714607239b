internal import FoundationEssentials

extension Fault {
    /// What remains of a good answer when the connection or the line misbehaves.
    func spoiling(_ reply: Reply) -> Reply {
        var reply = reply
        switch kind {
        case .drop: reply.delivery = after == "head" ? .dropAfterHead : .dropBeforeHead
        case .truncate: reply.delivery = .truncated
        case .slow: reply.delay += delay
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

    /// How long `slow` waits.
    var delay: Duration { .milliseconds(Int(min(max(seconds ?? 1, 0), 3600) * 1000)) }

    /// What a fault puts in place of a help desk's answer; nil if it leaves the answer to be made.
    var helpDeskRefusal: Reply? {
        switch kind {
        case .throttle: Self.refusal(429, "Rate limit exceeded.").with("Retry-After", retryAfterHeader)
        case .unavailable: Self.refusal(503, "Service unavailable.").with("Retry-After", retryAfterHeader)
        case .gatewayTimeout: Self.refusal(504, "Gateway timeout.")
        case .html:
            .text(
                "<!DOCTYPE html><html><body><h1>We'll be back soon</h1></body></html>", type: "text/html",
                status: status ?? 502)
        default: nil
        }
    }

    private static func refusal(_ status: Int, _ message: String) -> Reply {
        .json(["error": .string(message)], status: status)
    }

    /// The value of `Retry-After`.
    var retryAfterHeader: String? {
        retryAfter == "date" ? Timestamp.http(Date(timeIntervalSinceNow: 1)) : retryAfter
    }
}
