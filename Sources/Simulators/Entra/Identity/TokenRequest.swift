internal import FoundationEssentials

/// What a token request asks for; reading it refuses what the platform would refuse before it knows the tenant's data.
struct TokenRequest {
    let tenant: String
    let clientID: String
    let secret: String

    /// The checks come in the platform's order as far as it is known: endpoint, grant, client, credential, scope.
    init(_ call: Call, tenant: String) throws(TokenError) {
        let form = call.form
        guard let grant = form["grant_type"] else { throw .missing("grant_type") }
        guard grant == "client_credentials" else { throw .unknownGrant(grant) }
        if ["common", "organizations", "consumers", Self.consumers].contains(tenant.lowercased()) {
            throw .notOnCommon
        }
        let basic = Self.basic(call.header("Authorization"))
        guard let clientID = form["client_id"] ?? basic?.id else { throw .missing("client_id") }
        guard let scope = form["scope"] else { throw .missing("scope") }
        guard let secret = form["client_secret"] ?? basic?.secret else { throw .noCredential }
        self.tenant = tenant
        self.clientID = clientID
        self.secret = secret
        try Self.check(scope, origin: call.origin)
    }

    /// The tenant of personal accounts.
    private static let consumers = "9188040d-6c67-4c5b-b112-36a304b66dad"

    private static let graphRoots = [
        "https://graph.microsoft.com", "https://graph.microsoft.us", "https://dod-graph.microsoft.us",
        "https://microsoftgraph.chinacloudapi.cn", "00000003-0000-0000-c000-000000000000",
    ]

    /// Exactly one resource, and all that was consented to for it. Our own address is Graph, too.
    private static func check(_ scope: String, origin: String) throws(TokenError) {
        let suffix = "/.default"
        guard scope.hasSuffix(suffix), !scope.contains(" ") else { throw .badScope(scope) }
        var resource = String(scope.dropLast(suffix.count))
        if resource.hasSuffix("/") { resource.removeLast() }
        let isLoopback = ["http://localhost:", "https://localhost:", "http://127.0.0.1:", "https://127.0.0.1:"].contains
        {
            resource.hasPrefix($0)
        }
        guard graphRoots.contains(resource) || resource == origin || isLoopback else {
            throw .unknownResource(resource)
        }
    }

    private static func basic(_ header: String?) -> (id: String, secret: String)? {
        guard let header, header.lowercased().hasPrefix("basic "),
            let data = Data(base64Encoded: String(header.dropFirst(6)))
        else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        return (Fields.decoded(parts[0], plusIsSpace: true), Fields.decoded(parts[1], plusIsSpace: true))
    }
}
