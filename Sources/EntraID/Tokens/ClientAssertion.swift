internal import FoundationEssentials
internal import JWTKit

/// The claims of a client assertion (learn.microsoft.com/entra/identity-platform/certificate-credentials).
private struct ClientAssertion: JWTPayload {
    let aud: String
    let iss: String
    let sub: String
    let jti: String
    let nbf: Int64
    let iat: Int64
    let exp: Int64

    /// Ours to write; the sign-in service verifies it.
    func verify(using algorithm: some JWTAlgorithm) {}
}

extension ClientCertificate {
    /// What stands for the secret in one token request: a JWT signed with PS256, good for ten minutes.
    ///
    /// - Parameters:
    ///   - audience: The token endpoint, tenant included.
    ///   - now: Seconds since 1970.
    func assertion(clientID: String, audience: String, now: Int64) async throws(EntraError) -> String {
        let claims = ClientAssertion(
            aud: audience, iss: clientID, sub: clientID, jti: UUID().uuidString.lowercased(),
            nbf: now, iat: now, exp: now + 600)
        do {
            let keys = await JWTKeyCollection().add(pss: key, digestAlgorithm: .sha256)
            return try await keys.sign(claims, header: JWTHeader(fields: ["x5t#S256": .string(x5tS256)]))
        } catch {
            throw EntraError(.unexpected, "nothing can be signed with the private key of the certificate")
        }
    }
}
