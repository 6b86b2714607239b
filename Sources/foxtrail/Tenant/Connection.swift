import ContactSync
import EntraID
import HTTP
import Projections
import Synchronization

/// How the adapters get at a tenant.
enum Connection {
    static func web(
        caFile: String? = nil, retry: RetryPolicy = RetryPolicy(), progress: ProgressLine? = nil
    ) throws -> WebClient {
        var settings = WebSettings()
        settings.certificateFile = caFile
        settings.retry = retry
        settings.onWait = { progress?.show($0) }
        return try WebClient(settings)
    }

    /// - Parameters:
    ///   - web: Shared by the tenants that trust what the system trusts.
    ///   - progress: Where a tenant with an authority of its own shows its pauses.
    static func client(
        for tenant: Tenant, secrets: Secrets, web: WebClient, progress: ProgressLine? = nil
    ) throws -> EntraClient {
        let authorized = tenant.authorized
        return EntraClient(
            endpoints: try Endpoints(authority: authorized.authority, graph: authorized.graph),
            tenant: tenant.id.rawValue, credential: try credential(of: tenant, secrets),
            web: authorized.hasOwnAuthority == true
                ? try self.web(caFile: secrets.source(.authority, of: tenant.id), progress: progress) : web)
    }

    static func credential(of tenant: Tenant, _ secrets: Secrets) throws -> Credential {
        let (signIn, clientID) = (tenant.authorized.signIn, tenant.authorized.clientID)
        let secret = try secrets.load(Secrets.Kind(signIn), of: tenant.id)
        switch signIn {
        case .clientSecret: return .clientSecret(clientID: clientID, secret: secret)
        case .certificate: return .certificate(clientID: clientID, try ClientCertificate(pem: secret))
        case .delegated:
            let id = tenant.id
            return RefreshToken(Secret(secret)) { old, new in
                // Another command may have rotated it too, or an admin have deleted the tenant or signed in again: theirs
                // stands. Entra lets the old ones live.
                guard (try? secrets.load(.refreshToken, of: id)) == old.value else { return }
                do { try secrets.store(new.value, as: .refreshToken, of: id) } catch {
                    // The other tenants of a sync go on.
                    let failure = Failure(describing: error)
                    throw EntraError(.unexpected, failure.message, hints: failure.hints)
                }
            }.credential(clientID: clientID)
        }
    }
}

/// The newest refresh token of one sign-in.
final class RefreshToken: Sendable {
    private let token: Mutex<Secret>
    private let keep: @Sendable (_ old: Secret, _ new: Secret) throws -> Void

    /// - Parameter keep: Called with each new one before it is used.
    init(_ token: Secret, keep: @escaping @Sendable (_ old: Secret, _ new: Secret) throws -> Void = { _, _ in }) {
        self.token = Mutex(token)
        self.keep = keep
    }

    var newest: Secret { token.withLock { $0 } }

    func credential(clientID: String) -> Credential {
        .delegated(clientID: clientID, refreshToken: newest) { new in
            try self.token.withLock { token in
                try self.keep(token, new)
                token = new
            }
        }
    }
}
