internal import FoundationEssentials

/// An application as it is registered: what a client must prove, and where answers may be sent.
struct AppRegistration: Sendable {
    enum Secret: Sendable {
        case valid(String)
        case revoked
        case expired(String)
    }

    let clientID: String
    var secret: Secret
    /// The secret is expired from then on.
    var secretExpiry: Date?
    var certificates: [RegisteredCertificate] = []
    /// The only tenant that knows it; nil for an application of several tenants.
    var home: Int?
    /// People may sign in with it without a credential of the application.
    var isPublic = true
    /// Of a loopback address the port is not compared (3.2).
    var redirects: [String]

    /// Whether answers may be sent there.
    func isRegistered(_ redirect: String) -> Bool {
        redirects.contains { RedirectURI($0) == RedirectURI(redirect) }
    }
}

/// An address as the platform compares it: without the port if it is this machine's, and with at least a slash as path.
struct RedirectURI: Equatable {
    let origin: String
    let path: String

    init(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        let host = parts.count > 2 ? parts[2].lowercased() : ""
        let name = host.split(separator: ":").first.map(String.init) ?? ""
        let isLoopback = parts[0] == "http:" && ["localhost", "127.0.0.1"].contains(name)
        origin = parts[0] + "//" + (isLoopback ? name : host)
        path = "/" + (parts.count > 3 ? String(parts[3].prefix { $0 != "?" && $0 != "#" }) : "")
    }
}
