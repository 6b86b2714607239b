internal import FoundationEssentials

/// A refusal of Graph.
package struct GraphError: Error, Sendable {
    /// The HTTP status.
    package let status: Int
    /// Graph's code, such as `Request_ResourceNotFound`.
    package let code: String
    /// For people; it may change.
    package let message: String
    /// Headers that belong to the refusal.
    var headers: [(name: String, value: String)] = []

    func reply(requestID: String, clientRequestID: String) -> Reply {
        var inner: [JSONValue.Member] = [
            .init("date", .string(Timestamp.iso(Date()))),
            .init("request-id", .string(requestID)),
            .init("client-request-id", .string(clientRequestID)),
        ]
        if status == 429 {
            inner = [.init("code", "429")] + inner + [.init("message", "Please retry after"), .init("status", "429")]
        }
        let body: JSONValue = [
            "error": ["code": .string(code), "message": .string(message), "innerError": .object(inner)]
        ]
        return headers.reduce(Reply.json(body, status: status)) { $0.with($1.name, $1.value) }
    }
}

extension GraphError {
    static func unauthenticated(_ message: String) -> GraphError {
        GraphError(
            status: 401, code: "InvalidAuthenticationToken", message: message,
            headers: [
                (
                    "WWW-Authenticate",
                    "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", client_id=\"00000003-0000-0000-c000-000000000000\""
                )
            ])
    }

    static let expiredToken = unauthenticated("Lifetime validation failed, the token is expired.")

    static let forbidden = GraphError(
        status: 403, code: "Authorization_RequestDenied", message: "Insufficient privileges to complete the operation.")

    static func badRequest(_ message: String) -> GraphError {
        GraphError(status: 400, code: "Request_BadRequest", message: message)
    }

    static func unsupported(_ message: String) -> GraphError {
        GraphError(status: 400, code: "Request_UnsupportedQuery", message: message)
    }

    static func notFound(_ name: String) -> GraphError {
        GraphError(
            status: 404, code: "Request_ResourceNotFound",
            message:
                "Resource '\(name)' does not exist or one of its queried reference-property objects are not present.")
    }

    static let noSuchPath = GraphError(
        status: 400, code: "BadRequest", message: "Resource not found for the segment.")

    static let notImplemented = GraphError(
        status: 501, code: "NotImplemented", message: "This operation target is not yet supported.")

    static func unknownProperty(_ name: String, of type: String = "user") -> GraphError {
        GraphError(
            status: 400, code: "BadRequest",
            message:
                "Parsing OData Select and Expand failed: Could not find a property named '\(name)' on type 'microsoft.graph.\(type)'."
        )
    }

    static func notInDelta(_ names: [String]) -> GraphError {
        GraphError(
            status: 400, code: "BadRequest",
            message:
                "Invalid request for delta query: for this entity set, $expand/$select is not supported for the following properties: \(names.joined(separator: ", "))"
        )
    }

    static let searchNeedsHeader = unsupported(
        "A request with $search works only with the special header 'ConsistencyLevel: eventual'."
    )

    static let queryNeedsHeader = unsupported(
        "The query is not supported because required parameters might be missing. Add $count=true and the header 'ConsistencyLevel: eventual'."
    )

    static let expiredPage = GraphError(
        status: 400, code: "Directory_ExpiredPageToken",
        message: "The specified page token value has expired and can no longer be included in your request.")

    /// Announced as 400; others were seen with 404 or 410 (2.5).
    static func expiredDelta(status: Int = 400) -> GraphError {
        GraphError(
            status: status, code: "syncStateNotFound",
            message: "The sync state generation is not found. The delta token is expired: start over without one.")
    }

    /// A challenge: the client must come with a token that was asked for with these claims (3.10).
    static func challenged(_ claims: String) -> GraphError {
        GraphError(
            status: 401, code: "InvalidAuthenticationToken",
            message: "Continuous access evaluation has ended the session.",
            headers: [
                (
                    "WWW-Authenticate",
                    "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", client_id=\"00000003-0000-0000-c000-000000000000\", error=\"insufficient_claims\", claims=\"\(Data(claims.utf8).base64EncodedString())\""
                )
            ])
    }

    static func gone(restart: String) -> GraphError {
        GraphError(
            status: 410, code: "resyncRequired", message: "Resync is required. Start over at the given location.",
            headers: [("Location", restart)])
    }
}
