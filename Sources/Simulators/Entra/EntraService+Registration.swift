/// What has become of the application's secret.
package enum SecretState: String, Sendable, Codable {
    case valid, revoked, expired
}

/// Which permissions are consented to from now on, for which application in which tenant.
struct ConsentChange: Codable {
    /// An id or a domain; nil is the first tenant.
    var tenant: String?
    /// Nil is the first application.
    var clientID: String?
    var permissions: Set<Permission>
}

/// Changes of the registration that a test or a person makes while the simulator runs.
extension EntraService {
    func setConsent(_ change: ConsentChange) throws {
        try withState { state in
            let tenant = try change.tenant.map { try state.tenant(.named($0)) ?? 0 } ?? 0
            let name = state.tenants[tenant].id
            let application = try change.clientID.map { try state.application($0, at: .named(name)) } ?? 0
            state.tenants[tenant].consents[application] = .all(change.permissions)
        }
    }

    func setSecret(_ secret: SecretState) {
        let text = configuration.clientSecret
        withState { state in
            state.applications[0].secretExpiry = nil
            state.applications[0].secret =
                switch secret {
                case .valid: .valid(text)
                case .revoked: .revoked
                case .expired: .expired(text)
                }
        }
    }

    func addCertificate(_ pem: String) throws {
        let certificate = try RegisteredCertificate(pem: pem)
        withState { $0.applications[0].certificates.append(certificate) }
    }
}
