import ContactSync
import EntraID

/// What a tenant lets us in with, before it is known whether it does.
struct Proof {
    let signIn: ContactSync.SignIn
    let credential: Credential
    /// The tenant of whoever signed in, as a verified id token says it.
    var tenant: String?
    /// When the certificate expires, in milliseconds since 1970.
    var expiresAt: Int64?
    /// The secret as it is now: a refresh token changes with each use.
    let secret: () -> String

    init(secret: String, clientID: String) {
        signIn = .clientSecret
        credential = .clientSecret(clientID: clientID, secret: secret)
        self.secret = { secret }
    }

    init(certificate: ClientCertificate, pem: String, clientID: String) {
        signIn = .certificate
        credential = .certificate(clientID: clientID, certificate)
        expiresAt = certificate.notAfter * 1000
        secret = { pem }
    }

    init(_ signedIn: SignedIn, clientID: String) {
        let token = RefreshToken(signedIn.refreshToken)
        signIn = .delegated
        credential = token.credential(clientID: clientID)
        tenant = signedIn.identity.tenantID
        secret = { token.newest.value }
    }
}
