internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

extension WebClient {
    enum Attempt<Value> {
        case read(Value)
        case failed(RetryState.Outcome, WebError)
    }

    /// Sends a request once. Throws only `CancellationError`.
    func attempt<Value>(
        _ request: WebRequest, to origin: WebOrigin, _ read: (WebResponse) -> Reading<Value>
    ) async throws -> Attempt<Value> {
        try Task.checkCancellation()
        count()
        let response: WebResponse
        do {
            response = try await exchange(request, with: client(for: origin)).without(request.secrets)
        } catch {
            // A cancelled request ends with whatever error was nearest.
            try Task.checkCancellation()
            WebMetrics.attempted(request, status: nil)
            let error = WebError(transport: error, origin, request.service, limit: settings.maximumBody)
            return .failed(.failure(error.kind), error)
        }
        WebMetrics.attempted(request, status: response.status)
        return interpret(response, request.service, origin, read)
    }

    private func client(for origin: WebOrigin) -> HTTPClient {
        guard let proxied, proxy?.applies(to: origin) == true else { return direct }
        return proxied
    }

    private func exchange(_ request: WebRequest, with client: HTTPClient) async throws -> WebResponse {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
        // Firewalls and logs on the way ask who it is.
        outgoing.headers.add(name: "User-Agent", value: "foxtrail")
        for header in request.headers { outgoing.headers.add(name: header.name, value: header.value) }
        if let type = request.contentType { outgoing.headers.replaceOrAdd(name: "Content-Type", value: type) }
        if let bytes = request.bodyBytes { outgoing.body = .bytes(bytes) }
        let response = try await client.execute(outgoing, timeout: TimeAmount(settings.attemptTimeout))
        let body = try await response.body.collect(upTo: settings.maximumBody)
        return WebResponse(
            status: Int(response.status.code),
            headers: response.headers.map { (name: $0.name, value: $0.value) },
            body: Array(body.readableBytesView))
    }

    private func interpret<Value>(
        _ response: WebResponse, _ service: String, _ origin: WebOrigin, _ read: (WebResponse) -> Reading<Value>
    ) -> Attempt<Value> {
        let status = response.status
        let (retryAfter, date) = (response.header("Retry-After"), response.header("Date"))
        let requestID = response.header("request-id")
        if settings.retry.statuses.contains(status) {
            let kind: WebError.Kind = status == 429 ? .throttled : .status
            let error = WebError(
                kind, "\(service) answered \(status)", host: origin.host, status: status, requestID: requestID)
            return .failed(.status(status, retryAfter: retryAfter, date: date), error)
        }
        switch read(response) {
        case .value(let value): return .read(value)
        case .broken(let what):
            let error = WebError(
                .notJSON, "\(service) sent \(what)", host: origin.host, status: status, requestID: requestID)
            return .failed(.failure(error.kind), error)
        case .busy(let what):
            let error = WebError(
                .status, "\(service) is busy: \(what)", host: origin.host, status: status, requestID: requestID)
            return .failed(.busy(retryAfter: retryAfter, date: date), error)
        }
    }
}
