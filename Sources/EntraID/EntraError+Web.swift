internal import FoundationEssentials
internal import HTTP

extension EntraError {
    /// A request that brought nothing usable, in this module's words.
    ///
    /// - Parameter id: Our own name for the request, by which it is found where the service named none.
    init(_ error: WebError, id: String? = nil) {
        let kind: Kind =
            switch error.kind {
            case .notAllowed, .settings: .unexpected
            case .unreachable, .timeout, .truncated, .status, .throttled, .notJSON, .tooLarge: .unavailable
            }
        self.init(kind, error.message, hints: error.hints, requestID: error.requestID ?? id, status: error.status)
    }
}

/// The `client-request-id` of a request (learn.microsoft.com/graph/best-practices-concept): Microsoft's support finds
/// a request by it, even one that was never answered.
enum RequestID {
    static func new() -> String { UUID().uuidString.lowercased() }
}

extension WebClient {
    /// `send(_:read:)` with errors of this module.
    ///
    /// - Parameter id: The request's `client-request-id`.
    /// - Throws: `EntraError`, or `CancellationError`.
    func ask<Value: Sendable>(
        _ request: WebRequest, id: String? = nil, read: (WebResponse) -> Reading<Value>
    ) async throws -> Value {
        do {
            return try await send(request, read: read)
        } catch let error as WebError {
            throw EntraError(error, id: id)
        }
    }
}
