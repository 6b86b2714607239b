/// The identity platform's paths, and the pages a person sees there.
enum IdentityRoute: Sendable {
    case token(tenant: String)
    case deviceCode(tenant: String)
    case authorize(tenant: String)
    case signIn(tenant: String)
    case adminConsent(tenant: String, version: Int)
    case decideConsent(tenant: String, version: Int)
    case deviceLogin
    case enterCode
    case openIDConfiguration(tenant: String)
    case keys(tenant: String)
    case instanceDiscovery

    init?(_ method: String, _ parts: [String]) {
        let tenant = parts.first ?? ""
        switch (method, parts.dropFirst().joined(separator: "/")) {
        case ("POST", "oauth2/v2.0/token"): self = .token(tenant: tenant)
        case ("POST", "oauth2/v2.0/devicecode"): self = .deviceCode(tenant: tenant)
        case ("GET", "oauth2/v2.0/authorize"): self = .authorize(tenant: tenant)
        case ("POST", "oauth2/v2.0/authorize"): self = .signIn(tenant: tenant)
        case ("GET", "adminconsent"): self = .adminConsent(tenant: tenant, version: 1)
        case ("POST", "adminconsent"): self = .decideConsent(tenant: tenant, version: 1)
        case ("GET", "v2.0/adminconsent"): self = .adminConsent(tenant: tenant, version: 2)
        case ("POST", "v2.0/adminconsent"): self = .decideConsent(tenant: tenant, version: 2)
        case ("GET", "v2.0/.well-known/openid-configuration"): self = .openIDConfiguration(tenant: tenant)
        case ("GET", "discovery/v2.0/keys"): self = .keys(tenant: tenant)
        case ("GET", "discovery/instance"): self = .instanceDiscovery
        case ("GET", "") where tenant == "devicelogin": self = .deviceLogin
        case ("POST", "") where tenant == "devicelogin": self = .enterCode
        default: return nil
        }
    }

    var scope: Fault.Scope? {
        switch self {
        case .token: .token
        case .deviceCode: .deviceCode
        case .signIn: .authorize
        case .openIDConfiguration, .keys, .instanceDiscovery: .metadata
        case .authorize, .adminConsent, .decideConsent, .deviceLogin, .enterCode: nil
        }
    }

    var name: String {
        switch self {
        case .token: "POST /{tenant}/oauth2/v2.0/token"
        case .deviceCode: "POST /{tenant}/oauth2/v2.0/devicecode"
        case .authorize: "GET /{tenant}/oauth2/v2.0/authorize"
        case .signIn: "POST /{tenant}/oauth2/v2.0/authorize"
        case .adminConsent: "GET /{tenant}/v2.0/adminconsent"
        case .decideConsent: "POST /{tenant}/v2.0/adminconsent"
        case .deviceLogin: "GET /devicelogin"
        case .enterCode: "POST /devicelogin"
        case .openIDConfiguration: "GET /{tenant}/v2.0/.well-known/openid-configuration"
        case .keys: "GET /{tenant}/discovery/v2.0/keys"
        case .instanceDiscovery: "GET /{tenant}/discovery/instance"
        }
    }
}
