import Foundation
import Simulators

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A plain HTTP client with a token, for looking at a simulator from outside.
struct Client {
    let base: String
    let token: String?

    struct Answer {
        let status: Int
        let headers: [String: String]
        let json: JSONValue
    }

    init(_ simulator: RunningSimulator) async throws {
        let configuration = simulator.configuration
        let anonymous = Client(base: simulator.baseURL, token: nil)
        let answer = try await anonymous.token(
            configuration.tenantID, configuration.clientID, configuration.clientSecret)
        self.init(base: simulator.baseURL, token: answer.json["access_token"]?.text)
    }

    init(base: String, token: String?) {
        self.base = base
        self.token = token
    }

    func token(_ tenant: String, _ clientID: String, _ secret: String, grant: String = "client_credentials")
        async throws -> Answer
    {
        let form =
            "grant_type=\(grant)&client_id=\(clientID)&client_secret=\(secret)&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
        return try await send(
            "POST", "/\(tenant)/oauth2/v2.0/token", body: form, type: "application/x-www-form-urlencoded")
    }

    func send(
        _ method: String, _ target: String, body: String? = nil, type: String = "application/json",
        headers: [String: String] = [:]
    ) async throws -> Answer {
        guard let url = URL(string: target.hasPrefix("http") ? target : base + target) else { throw URLError(.badURL) }
        var request = URLRequest(url: url, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: 10)
        request.httpMethod = method
        request.httpBody = body.map { Data($0.utf8) }
        if body != nil { request.setValue(type, forHTTPHeaderField: "Content-Type") }
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        let fields = response.allHeaderFields.map { ("\($0.key)".lowercased(), "\($0.value)") }
        return Answer(
            status: response.statusCode,
            headers: Dictionary(fields) { first, _ in first },
            json: (try? JSONDecoder().decode(JSONValue.self, from: data))
                ?? .string(String(decoding: data, as: UTF8.self)))
    }

    func get(_ target: String, headers: [String: String] = [:]) async throws -> Answer {
        try await send("GET", target, headers: headers)
    }

    /// All objects from a first page on, the number of pages, and the delta link if there was one.
    func collect(_ target: String) async throws -> (objects: [JSONValue], pages: Int, deltaLink: String) {
        var next: String? = target
        var objects: [JSONValue] = []
        var pages = 0
        var deltaLink = ""
        while let target = next {
            let page = try await get(target).json
            objects += page.values
            pages += 1
            deltaLink = page["@odata.deltaLink"]?.text ?? ""
            next = page["@odata.nextLink"]?.text
        }
        return (objects, pages, deltaLink)
    }
}

extension JSONValue {
    /// The objects of a page.
    var values: [JSONValue] {
        if case .array(let values)? = self["value"] { values } else { [] }
    }

    var errorCode: String? { self["error"]?["code"]?.text }
}
