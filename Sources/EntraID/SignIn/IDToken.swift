internal import JWTKit

/// The claims of an id token (learn.microsoft.com/entra/identity-platform/id-token-claims-reference).
struct IDToken: JWTPayload {
    let iss: String
    let aud: String
    let exp: Int64
    let nbf: Int64?
    let tid: String?
    let oid: String?
    let nonce: String?
    let preferredUsername: String?

    private enum CodingKeys: String, CodingKey {
        case iss, aud, exp, nbf, tid, oid, nonce
        case preferredUsername = "preferred_username"
    }

    /// The signature is JWTKit's to verify; the claims are `IDTokenCheck`'s, because they depend on the request.
    func verify(using algorithm: some JWTAlgorithm) {}
}
