internal import ContactSync
internal import HTTP

extension EntraClient {
    private enum Answer<Value: Sendable>: Sendable {
        case value(Value)
        /// With what a new token must satisfy, where Graph said it.
        case tokenRefused(EntraError, challenge: JSONValue?)
        case failed(EntraError)
    }

    /// What is asked of Graph, and how a refusal is told.
    private struct Question {
        let url: String
        let permission: String
        let headers: [(name: String, value: String)]
        let link: UsersLink?
    }

    /// Asks Graph with a token, and once more with a new one where it is refused. A token that was kept also gets a
    /// second chance where a permission is missing: it may be older than the consent.
    func get<Value: Sendable>(
        _ url: String, permission: String, headers: [(name: String, value: String)] = [], link: UsersLink? = nil,
        read: (WebResponse) throws(EntraError) -> Reading<Value>
    ) async throws -> Value {
        let question = Question(
            url: url, permission: "\(permissionKind) permission \(permission)",
            headers: headers + (link?.headers ?? []),
            link: link)
        let (token, isKept) = try await tokens.current()
        let first = try await ask(question, token, mayBeOutdated: isKept, read)
        guard case .tokenRefused(_, let challenge) = first else { return try EntraClient.value(first) }
        let renewed = try await tokens.renewed(after: token, challenge: challenge)
        return try EntraClient.value(await ask(question, renewed, mayBeOutdated: false, read))
    }

    private static func value<Value>(_ answer: Answer<Value>) throws(EntraError) -> Value {
        switch answer {
        case .value(let value): return value
        case .tokenRefused(let error, _), .failed(let error): throw error
        }
    }

    private func ask<Value: Sendable>(
        _ question: Question, _ token: AccessToken, mayBeOutdated: Bool,
        _ read: (WebResponse) throws(EntraError) -> Reading<Value>
    ) async throws -> Answer<Value> {
        let id = RequestID.new()
        let request = WebRequest(
            .get, question.url, service: "graph",
            headers: question.headers + [
                ("Authorization", "Bearer " + token.value), ("Accept", "application/json"), ("client-request-id", id),
            ])
        return try await web.ask(request, id: id) { response in
            if response.status != 200 { return .value(EntraClient.refusal(response, question, mayBeOutdated)) }
            do throws(EntraError) {
                switch try read(response) {
                case .value(let value): return .value(.value(value))
                case .broken(let what): return .broken(what)
                case .busy(let what): return .busy(what)
                }
            } catch {
                return .value(.failed(error))
            }
        }
    }

    private static func refusal<Value>(
        _ response: WebResponse, _ question: Question, _ mayBeOutdated: Bool
    ) -> Answer<Value> {
        let error = GraphFailure(response, of: question.link).error(permission: question.permission)
        let challenge = response.claimsChallenge
        let isRefused = response.status == 401 || (response.status == 403 && (challenge != nil || mayBeOutdated))
        return isRefused ? .tokenRefused(error, challenge: challenge) : .failed(error)
    }
}
