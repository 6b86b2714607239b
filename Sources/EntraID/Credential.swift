/// How the app proves to a tenant who it is.
package enum Credential: Sendable {
    /// - Parameter secret: The secret's value, not its id.
    case clientSecret(clientID: String, secret: String)
    /// The app alone, proven by a key instead of a secret.
    case certificate(clientID: String, ClientCertificate)
    /// A person who signed in, for the app.
    ///
    /// - Parameters:
    ///   - refreshToken: The newest one. Each use brings another; the old one works until it is lost or expires
    ///     (learn.microsoft.com/entra/identity-platform/refresh-tokens).
    ///   - store: Called with each new refresh token, durably stored before the access token beside it is used.
    ///     What it throws ends the request, and nothing is lost: the old refresh token still works.
    case delegated(clientID: String, refreshToken: Secret, store: @Sendable (Secret) throws -> Void)

    /// The application (client) id.
    package var clientID: String {
        switch self {
        case .clientSecret(let clientID, _), .certificate(let clientID, _), .delegated(let clientID, _, _): clientID
        }
    }

    /// Graph's two kinds of permissions, by which a missing one is named.
    var permissionKind: String {
        switch self {
        case .clientSecret, .certificate: "application"
        case .delegated: "delegated"
        }
    }
}

/// No way of printing a credential shows the secret.
extension Credential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        switch self {
        case .clientSecret(let clientID, _): "client secret of \(clientID)"
        case .certificate(let clientID, _): "certificate of \(clientID)"
        case .delegated(let clientID, _, _): "sign-in of a person with \(clientID)"
        }
    }

    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["credential": description]) }
}
