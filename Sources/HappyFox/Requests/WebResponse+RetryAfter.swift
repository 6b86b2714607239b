internal import FoundationEssentials
internal import HTTP

extension WebResponse {
    /// How long the server asks us to wait; nil where it does not say.
    var retryAfter: Duration? {
        header("Retry-After").flatMap {
            RetryAfter.parse($0, date: header("Date"), now: Int64(Date().timeIntervalSince1970))
        }
    }
}
