/// How the app proves to a tenant who it is. A certificate or a delegated sign-in becomes a case of its own.
package enum Credential: Sendable, Hashable {
    /// - Parameter secret: The secret's value, not its id.
    case clientSecret(clientID: String, secret: String)

    /// The application (client) id.
    package var clientID: String {
        switch self {
        case .clientSecret(let clientID, _): clientID
        }
    }

    /// The form of a token request (protocols.md 3.4).
    func form(scope: String) -> [(name: String, value: String)] {
        switch self {
        case .clientSecret(let clientID, let secret):
            [
                ("client_id", clientID), ("scope", scope), ("client_secret", secret),
                ("grant_type", "client_credentials"),
            ]
        }
    }
}

/// No way of printing a credential shows the secret.
extension Credential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        switch self {
        case .clientSecret(let clientID, _): "client secret of \(clientID)"
        }
    }

    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["credential": description]) }
}
