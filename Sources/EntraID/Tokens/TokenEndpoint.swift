internal import HTTP

/// What is sent to the sign-in service.
typealias Form = [(name: String, value: String)]

/// The token endpoint of one authority.
struct TokenEndpoint: Sendable {
    let url: String
    let web: WebClient

    /// - Parameter tenant: An id, a verified domain or `organizations`.
    init(_ endpoints: Endpoints, tenant: String, web: WebClient) {
        url = "\(endpoints.authority)/\(PercentEncoding.encode(tenant))/oauth2/v2.0/token"
        self.web = web
    }

    enum Answer: Sendable {
        case token(TokenAnswer)
        case refused(TokenFailure)
    }

    /// Tells what the service decided; passing trouble is tried again before.
    func answer(to form: Form) async throws -> Answer {
        try await web.askSignIn(url, form) { response in
            TokenAnswer(response.body).map { .value(.token($0)) } ?? .broken("no access token")
        } refused: {
            .refused($0)
        }
    }

    /// A token, or the refusal as an error.
    func token(for form: Form) async throws -> TokenAnswer {
        switch try await answer(to: form) {
        case .token(let answer): return answer
        case .refused(let failure): throw failure.entraError
        }
    }
}

extension WebClient {
    /// Posts a form to the sign-in service. A refusal that will pass is tried again like a 503.
    func askSignIn<Value: Sendable>(
        _ url: String, _ form: Form, read: (WebResponse) -> Reading<Value>,
        refused: (TokenFailure) -> Value
    ) async throws -> Value {
        let id = RequestID.new()
        let request = WebRequest(
            .post, url, service: "sign-in", headers: [("Accept", "application/json"), ("client-request-id", id)],
            body: .form(form))
        return try await ask(request, id: id) { response in
            if response.status == 200 { return read(response) }
            let failure = TokenFailure(
                status: response.status, body: response.body, requestID: response.header("x-ms-request-id"))
            return failure.consequence == .transient
                ? .busy(failure.entraError.message) : .value(refused(failure))
        }
    }
}
