internal import ContactSync
internal import HTTP
internal import JWTKit

/// The keys that an authority signs id tokens with, asked for when needed.
actor SigningKeys {
    struct Key: Sendable {
        let key: Insecure.RSA.PublicKey
        /// Whose tokens the key may sign, with `{tenantid}` in it for any tenant; nil where the authority does not say.
        let issuer: String?
    }

    private let endpoints: Endpoints
    private let tenant: String
    private let web: WebClient
    private var known: (metadata: OpenIDMetadata, keys: [String: Key])?

    init(_ endpoints: Endpoints, tenant: String, web: WebClient) {
        self.endpoints = endpoints
        self.tenant = tenant
        self.web = web
    }

    /// The authority's issuer, and the key of that name. Keys are asked for again, once, for a name that is not among
    /// those we kept: authorities change them at any time
    /// (learn.microsoft.com/entra/identity-platform/access-tokens).
    func find(_ id: String) async throws -> (issuer: String, key: Key?) {
        if let known, let key = known.keys[id] { return (known.metadata.issuer, key) }
        let metadata: OpenIDMetadata
        if let known { metadata = known.metadata } else { metadata = try await fetchMetadata() }
        let keys = try await fetchKeys(metadata.keys)
        known = (metadata, keys)
        return (metadata.issuer, keys[id])
    }

    private func fetchMetadata() async throws -> OpenIDMetadata {
        let json = try await fetch(OpenIDMetadata.request(endpoints, tenant: tenant))
        guard let metadata = OpenIDMetadata(json) else {
            throw EntraError(.unexpected, "the sign-in service does not describe itself as OpenID Connect has it")
        }
        return metadata
    }

    private func fetchKeys(_ url: String) async throws -> [String: Key] {
        let request = WebRequest(.get, url, service: "sign-in", headers: [("Accept", "application/json")])
        let keys = try await fetch(request)["keys"]?.array ?? []
        return keys.reduce(into: [:]) { found, json in
            guard json["kty"]?.string == "RSA", let id = json["kid"]?.string, let modulus = json["n"]?.string,
                let exponent = json["e"]?.string,
                let key = try? Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent)
            else { return }
            found[id] = Key(key: key, issuer: json["issuer"]?.string)
        }
    }

    private func fetch(_ request: WebRequest) async throws -> JSONValue {
        let result: Result<JSONValue, EntraError> = try await web.ask(request) { response in
            guard response.status == 200 else {
                return .value(.failure(TokenFailure(status: response.status, body: response.body).entraError))
            }
            do { return .value(.success(try JSONValue(parsing: response.body))) } catch {
                return .broken("an answer that is \(error)")
            }
        }
        return try result.get()
    }
}
