/// The `scope` parameter, read: what OpenID Connect defines, and permissions of one resource.
struct Scopes: Sendable {
    private(set) var openID: Set<String> = []
    private(set) var permissions: Set<Permission> = []
    /// Everything that was consented to.
    private(set) var isDefault = false
    /// As the client spelled the resource, so that the answer spells it alike.
    private(set) var resource = ""

    private static let openIDNames: Set = ["openid", "profile", "email", "offline_access"]

    private static let graphRoots = [
        "https://graph.microsoft.com", "https://graph.microsoft.us", "https://dod-graph.microsoft.us",
        "https://microsoftgraph.chinacloudapi.cn", "00000003-0000-0000-c000-000000000000",
    ]

    init(_ text: String, origin: String) throws(TokenError) {
        for scope in text.split(separator: " ") {
            if Self.openIDNames.contains(scope.lowercased()) {
                openID.insert(scope.lowercased())
            } else {
                try add(String(scope), origin)
            }
        }
    }

    private mutating func add(_ scope: String, _ origin: String) throws(TokenError) {
        let slash = scope.lastIndex(of: "/")
        var root = slash.map { String(scope[..<$0]) } ?? ""
        if root.hasSuffix("/") { root.removeLast() }
        guard root.isEmpty || Self.isGraph(root, origin) else { throw .unknownResource(root) }
        let name = slash.map { scope[scope.index(after: $0)...] } ?? scope[...]
        if !root.isEmpty { resource = root + "/" }
        if name.lowercased() == ".default" {
            guard !root.isEmpty else { throw TokenError(700_023) }
            isDefault = true
        } else {
            guard let permission = Permission(named: name) else { throw .badScope(scope) }
            permissions.insert(permission)
        }
    }

    /// Our own address is Graph, too.
    private static func isGraph(_ root: String, _ origin: String) -> Bool {
        let isLoopback = ["http://localhost:", "https://localhost:", "http://127.0.0.1:", "https://127.0.0.1:"]
            .contains { root.hasPrefix($0) }
        return graphRoots.contains(root) || root == origin || isLoopback
    }

    /// For an application there is exactly one resource, and all that was consented to for it (3.4).
    static func checkApplication(_ text: String, origin: String) throws(TokenError) {
        let scopes = try Scopes(text, origin: origin)
        guard scopes.isDefault, !text.contains(" ") else { throw .badScope(text) }
    }

    /// What a person's token may do; everything asked for must have been consented to.
    func granted(by consent: Consent) throws(TokenError) -> Set<Permission> {
        guard !isDefault else {
            guard !consent.delegated.isEmpty else { throw TokenError(65001) }
            return consent.delegated
        }
        guard permissions.isSubset(of: consent.delegated) else { throw TokenError(65001) }
        return permissions
    }

    func text(_ granted: Set<Permission>) -> String {
        let names = granted.map(\.rawValue).sorted().map { resource + $0 }
        return (names + openID.subtracting(["offline_access"]).sorted()).joined(separator: " ")
    }
}
