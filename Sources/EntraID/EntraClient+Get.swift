import FoundationEssentials
internal import HTTP

extension EntraClient {
    private enum Answer<Value: Sendable>: Sendable {
        case value(Value)
        case tokenRefused(EntraError)
        case failed(EntraError)
    }

    /// Asks Graph with a token, and once more with a new one where it is refused.
    func get<Value: Sendable>(
        _ url: String, permission: String, headers: [(name: String, value: String)] = [],
        read: (WebResponse) throws(EntraError) -> Reading<Value>
    ) async throws -> Value {
        let token = try await tokens.token()
        let first = try await ask(url, permission, headers, token, read)
        guard case .tokenRefused = first else { return try EntraClient.value(first) }
        let renewed = try await tokens.renewed(after: token)
        return try EntraClient.value(await ask(url, permission, headers, renewed, read))
    }

    private static func value<Value>(_ answer: Answer<Value>) throws(EntraError) -> Value {
        switch answer {
        case .value(let value): return value
        case .tokenRefused(let error), .failed(let error): throw error
        }
    }

    private func ask<Value: Sendable>(
        _ url: String, _ permission: String, _ headers: [(name: String, value: String)], _ token: AccessToken,
        _ read: (WebResponse) throws(EntraError) -> Reading<Value>
    ) async throws -> Answer<Value> {
        let request = WebRequest(
            .get, url, service: "graph",
            headers: headers + [
                ("Authorization", "Bearer " + token.value),
                ("Accept", "application/json"),
                // Microsoft's support finds a request by it, even one that was never answered.
                ("client-request-id", UUID().uuidString.lowercased()),
            ])
        return try await web.ask(request) { response in
            if response.status != 200 {
                let error = GraphFailure(response).error(permission: permission)
                return .value(response.status == 401 ? .tokenRefused(error) : .failed(error))
            }
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
}
