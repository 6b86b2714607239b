internal import HTTPTypes

/// A request as a simulator sees it: read completely, decoded once, no sockets left in it.
struct Call: Sendable {
    let method: String
    /// The path as it was sent, without the query.
    let path: String
    /// The path's parts, percent-decoded.
    let segments: [String]
    let query: Fields
    /// Path and query as sent, for links that must be repeated verbatim.
    let target: String
    let headers: HTTPFields
    let body: [UInt8]
    /// Scheme and authority under which the client knows this server; every link we hand out starts with it.
    let origin: String

    func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }
    }
}

extension Call {
    init(method: String, target: String, headers: HTTPFields, body: [UInt8], origin: String) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(parts.first ?? "/")
        self.init(
            method: method,
            path: path,
            segments: path.split(separator: "/").map { Fields.decoded($0, plusIsSpace: false) },
            query: Fields(parts.count > 1 ? parts[1] : ""),
            target: target,
            headers: headers,
            body: body,
            origin: origin)
    }

    /// The body read as `application/x-www-form-urlencoded`.
    var form: Fields {
        Fields(Substring(String(decoding: body, as: UTF8.self)))
    }
}
