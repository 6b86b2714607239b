import ContactSync
package import HTTP

/// Speaks HappyFox's REST API 1.1 (KB 1092). One request at a time; each passes the gate first.
package struct HappyFoxClient {
    let root: HappyFoxRoot
    private let key: HappyFoxKey
    private let web: WebClient
    private let gate: RequestGate

    /// - Parameter web: One that attempts everything once (`RetryPolicy.single`): only here is known what can be repeated.
    package init(root: HappyFoxRoot, key: HappyFoxKey, web: WebClient, gate: RequestGate) {
        self.root = root
        self.key = key
        self.web = web
        self.gate = gate
    }

    private static let attempts = 4
    /// Whoever interrupts a sync waits so long for the answer to a write; without it the next sync finds out by reading.
    private static let grace = Duration.milliseconds(1500)
    /// A penalty is waited for; whoever is refused right behind it is refused for another reason.
    private static let throttles = 3
    package static let tooManyRequests = HappyFoxError(
        .unavailable, "happyfox refuses requests: too many were made (429)",
        hints: ["HappyFox refuses everything for ten minutes then; try again after that"])

    /// Reads, and tries again what may pass. Nil where HappyFox has no such thing.
    ///
    /// - Throws: `HappyFoxError`, or what the gate throws.
    func get(_ path: String) async throws -> JSONValue? {
        var failures = 0
        while true {
            do {
                return try await read(path)
            } catch let error as WebError {
                failures += 1
                // Each time-out has cost minutes already.
                let attempts = error.kind == .timeout ? 2 : HappyFoxClient.attempts
                guard error.kind.mayPass, failures < attempts else { throw HappyFoxError(error) }
                try await pause(after: failures)
            }
        }
    }

    private func read(_ path: String) async throws -> JSONValue? {
        let response = try await send(WebRequest(.get, root.address(path), service: "happyfox", headers: headers), .get)
        switch response.status {
        case 200:
            guard let json = try? JSONValue(parsing: key.takenOut(of: response.body)) else {
                throw WebError(.notJSON, "happyfox sent something that is not JSON")
            }
            return json
        case 404, 410: return nil
        // A refusal tells something only in HappyFox's own form: a page of HTML is whoever stands in between.
        case 400..<500 where response.status != 408:
            if let json = try? JSONValue(parsing: key.takenOut(of: response.body)) { return json }
            throw WebError(.status, "happyfox answered \(response.status) with something that is not JSON")
        case let status: throw WebError(.status, "happyfox answered \(status)", status: status)
        }
    }

    /// How a write went, as far as it is known.
    enum Posted {
        case answered(status: Int, JSONValue)
        /// The request may or may not have been carried out.
        case lost(reason: String)
    }

    /// Writes once. Only what certainly never arrived is sent again.
    ///
    /// - Throws: `HappyFoxError` where nothing was written, or what the gate throws.
    func post(_ path: String, _ json: JSONValue) async throws -> Posted {
        let body = CanonicalJSON(json).bytes
        let request = WebRequest(
            .post, root.address(path), service: "happyfox", headers: headers, body: .json(body))
        var failures = 0
        while true {
            do {
                let response = try await send(request, .post)
                if response.status == 429 { return .lost(reason: HappyFoxClient.tooManyRequests.message) }
                guard response.status < 500, response.status != 408 else {
                    return .lost(reason: "happyfox answered \(response.status)")
                }
                if response.status == 403 {
                    _ = try await probe()
                    return .answered(status: 403, .object([("error", .string("refused with status 403"))]))
                }
                // What is said of a refusal ends up in the journal, whatever the status is that it comes with.
                guard let json = try? JSONValue(parsing: key.takenOut(of: response.body)) else {
                    return .lost(reason: "happyfox sent something that is not JSON")
                }
                return .answered(status: response.status, json)
            } catch let error as WebError {
                guard error.neverArrived else { return .lost(reason: error.message) }
                failures += 1
                guard error.kind.mayPass, failures < HappyFoxClient.attempts else { throw HappyFoxError(error) }
                try await pause(after: failures)
            }
        }
    }

    private var headers: [(name: String, value: String)] {
        [(name: "Authorization", value: key.authorization), (name: "Accept", value: "application/json")]
    }

    /// One request with one answer, after the wait that its limits or a penalty ask for.
    private func send(_ request: WebRequest, _ kind: RequestKind) async throws -> WebResponse {
        for _ in 0..<HappyFoxClient.throttles {
            try await pass(kind)
            let response =
                switch kind {
                case .get: try await web.send(request)
                case .post: try await web.send(request, finishingWithin: HappyFoxClient.grace)
                }
            switch response.status {
            case 429:
                try await gate.throttled(response.retryAfter)
                // What is to be written may be old when it could be sent again.
                if kind == .post { return response }
            case 401: throw HappyFoxError.keyRefused(response.status)
            // Somebody in between may refuse what is in one write, where the key is good for everything else.
            case 403 where kind == .get: throw HappyFoxError.keyRefused(response.status)
            case 300..<400: throw HappyFoxError.redirected(response.status)
            default: return response
            }
        }
        throw HappyFoxClient.tooManyRequests
    }

    private func pass(_ kind: RequestKind) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        try await gate.pass(kind)
        let waited = start.duration(to: clock.now)
        if waited > .milliseconds(100) { WebMetrics.waited(for: "happyfox", "limits", waited) }
    }

    private func pause(after failures: Int) async throws {
        let pause = Duration.seconds(1 << (failures - 1))
        WebMetrics.waited(for: "happyfox", "connection", pause)
        try await gate.sleep(pause)
    }
}

extension HappyFoxError {
    init(_ error: WebError) {
        switch error.kind {
        case .notAllowed, .settings: self.init(.unexpected, error.message, hints: error.hints)
        case .unreachable, .timeout, .truncated, .status, .throttled, .notJSON, .tooLarge:
            self.init(.unavailable, error.message, hints: error.hints)
        }
    }
}

extension WebError {
    /// No connection came about, so that nothing can have been carried out.
    fileprivate var neverArrived: Bool {
        switch kind {
        case .unreachable(.dns), .unreachable(.refused), .unreachable(.tls), .unreachable(.proxy), .notAllowed,
            .settings:
            true
        case .unreachable(.network), .timeout, .truncated, .status, .throttled, .notJSON, .tooLarge: false
        }
    }
}
