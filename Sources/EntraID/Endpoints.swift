internal import HTTP

/// The two roots of a Microsoft cloud, without tenant, version or trailing slash.
package struct Endpoints: Sendable, Hashable {
    /// Where tokens come from, such as `https://login.microsoftonline.com`.
    package let authority: String
    /// Where the directory is read, such as `https://graph.microsoft.com`.
    package let graph: String

    /// - Parameters: Absolute https addresses (http for loopback), trailing slashes tolerated.
    /// - Throws: An `EntraError` that names the address which cannot be used, and why.
    package init(authority: String, graph: String) throws(EntraError) {
        self.authority = try Endpoints.root(authority, "authority")
        self.graph = try Endpoints.root(graph, "graph")
    }

    private init(hosts authority: String, _ graph: String) {
        self.authority = "https://" + authority
        self.graph = "https://" + graph
    }

    /// The roots of a cloud, from learn.microsoft.com/graph/deployments.
    package static func cloud(_ cloud: Cloud) -> Endpoints {
        switch cloud {
        case .global: Endpoints(hosts: "login.microsoftonline.com", "graph.microsoft.com")
        case .usgov: Endpoints(hosts: "login.microsoftonline.us", "graph.microsoft.us")
        case .usgovDoD: Endpoints(hosts: "login.microsoftonline.us", "dod-graph.microsoft.us")
        case .china: Endpoints(hosts: "login.partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn")
        }
    }

    private static func root(_ text: String, _ name: String) throws(EntraError) -> String {
        var root = text[...]
        while root.last == "/" { root.removeLast() }
        guard let origin = WebOrigin(String(root)), !root.contains("?"), !root.contains("#") else {
            throw EntraError(.unexpected, "the \(name) address is not a plain web address", hints: [example(name)])
        }
        guard origin.scheme == "https" || origin.isLoopback else {
            throw EntraError(
                .unexpected, "the \(name) address must begin with https://: \(root)",
                hints: ["http is for this machine only (localhost, 127.0.0.1, ::1)"])
        }
        guard !root.hasSuffix("/v1.0"), !root.hasSuffix("/beta"), !root.hasSuffix("/v2.0") else {
            throw EntraError(
                .unexpected, "the \(name) address must come without a version: \(root)", hints: [example(name)])
        }
        return String(root)
    }

    private static func example(_ name: String) -> String {
        "write it like \(name == "graph" ? "https://graph.microsoft.com" : "https://login.microsoftonline.com")"
    }
}

/// Microsoft's separate clouds (learn.microsoft.com/graph/deployments). Tokens of one are worth nothing in another.
package enum Cloud: String, Sendable, CaseIterable, Codable {
    /// Worldwide, with the US GCC.
    case global
    /// US Government L4 (GCC High).
    case usgov
    /// US Government L5.
    case usgovDoD = "usgov-dod"
    /// Operated by 21Vianet.
    case china
}

extension Endpoints: Codable {
    private enum CodingKeys: String, CodingKey {
        case authority, graph
    }

    /// What was stored is held to the same rules as what is typed.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            authority: container.decode(String.self, forKey: .authority),
            graph: container.decode(String.self, forKey: .graph))
    }
}
