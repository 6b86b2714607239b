internal import HTTP

extension EntraError {
    /// A request that brought nothing usable, in this module's words.
    init(_ error: WebError) {
        let kind: Kind = error.kind.mayPass ? .unavailable : .unexpected
        self.init(kind, error.message, hints: error.hints, status: error.status)
    }
}

extension WebClient {
    /// `send(_:read:)` with errors of this module.
    ///
    /// - Throws: `EntraError`, or `CancellationError`.
    func ask<Value: Sendable>(
        _ request: WebRequest, read: (WebResponse) -> Reading<Value>
    ) async throws -> Value {
        do {
            return try await send(request, read: read)
        } catch let error as WebError {
            throw EntraError(error)
        }
    }
}
