/// What a person or a test may ask of the simulator itself, without a token.
enum ControlRoute: Sendable {
    case describe
    case requests, clearRequests
    case faults, setFaults
    case groups
    case setConsent
    case setSecret
    case addCertificate, removeCertificates
    case revokeSessions

    init?(_ method: String, _ parts: [String]) {
        switch (method, parts.joined(separator: "/")) {
        case ("GET", ""): self = .describe
        case ("GET", "requests"): self = .requests
        case ("DELETE", "requests"): self = .clearRequests
        case ("GET", "faults"): self = .faults
        case ("PUT", "faults"): self = .setFaults
        case ("GET", "groups"): self = .groups
        case ("PUT", "consent"): self = .setConsent
        case ("PUT", "secret"): self = .setSecret
        case ("POST", "certificates"): self = .addCertificate
        case ("DELETE", "certificates"): self = .removeCertificates
        case ("POST", "revoke-sessions"): self = .revokeSessions
        default: return nil
        }
    }
}
