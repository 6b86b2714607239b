internal import HTTP

/// Which page of users to read.
package enum UsersLink: Sendable, Hashable {
    /// The first page of a delta round that reports everything. Graph decides how long its pages are.
    case deltaStart(select: [String])
    /// The first page of a plain listing.
    ///
    /// - Parameter top: Users a page; Graph takes at most 999.
    case listStart(select: [String], top: Int = 999)
    /// A link that an earlier page ended with, followed as it stands: it carries everything, this select included.
    case next(String)

    func url(graph: String) -> String {
        switch self {
        case .deltaStart(let select): "\(graph)/v1.0/users/delta?$select=\(UsersLink.list(select))"
        case .listStart(let select, let top): "\(graph)/v1.0/users?$select=\(UsersLink.list(select))&$top=\(top)"
        case .next(let url): url
        }
    }

    /// Whether the page belongs to a delta round, which is complete only with a deltaLink. A link shows it by its path,
    /// which Graph spells in four ways (protocols.md 2.5).
    var isDelta: Bool {
        switch self {
        case .deltaStart: return true
        case .listStart: return false
        case .next(let url):
            let segment = url.prefix { $0 != "?" }.split(separator: "/").last?.lowercased() ?? ""
            return ["delta", "delta()", "microsoft.graph.delta", "microsoft.graph.delta()"].contains(segment)
        }
    }

    private static func list(_ names: [String]) -> String {
        names.map(PercentEncoding.encode).joined(separator: ",")
    }
}
