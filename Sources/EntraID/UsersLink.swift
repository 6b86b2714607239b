internal import HTTP

/// Which page of users to read.
package enum UsersLink: Sendable, Hashable {
    /// The first page of a delta round that reports everything. Graph decides how long its pages are.
    case deltaStart(select: [String])
    /// The first page of a plain listing.
    ///
    /// - Parameter top: Users a page; Graph takes at most 999.
    case listStart(select: [String], top: Int = 999)
    /// The first page of a group's users, those of nested groups included
    /// (learn.microsoft.com/graph/api/group-list-transitivemembers).
    case membersStart(group: String, select: [String], top: Int = 999)
    /// A link that an earlier page ended with, followed as it stands: it carries everything, this select included.
    case next(String)

    func url(graph: String) -> String {
        switch self {
        case .deltaStart(let select): "\(graph)/v1.0/users/delta?$select=\(UsersLink.list(select))"
        case .listStart(let select, let top): "\(graph)/v1.0/users?$select=\(UsersLink.list(select))&$top=\(top)"
        case .membersStart(let group, let select, let top):
            "\(graph)/v1.0/groups/\(PercentEncoding.encode(group))/transitiveMembers/microsoft.graph.user"
                + "?$count=true&$select=\(UsersLink.list(select))&$top=\(top)"
        case .next(let url): url
        }
    }

    /// Headers that a link does not carry (learn.microsoft.com/graph/paging).
    var headers: [(name: String, value: String)] {
        // `$top` is refused on delta; this asks for the same and may be ignored.
        if case .deltaStart = self { return [("Prefer", "odata.maxpagesize=999")] }
        // The cast to users is an advanced query (learn.microsoft.com/graph/aad-advanced-queries), on every page.
        return isMembers ? [("ConsistencyLevel", "eventual")] : []
    }

    /// Whether the page belongs to a delta round, which is complete only with a deltaLink. A link shows it by its path,
    /// which Graph spells in four ways (learn.microsoft.com/graph/delta-query-overview).
    var isDelta: Bool {
        switch self {
        case .deltaStart: return true
        case .listStart, .membersStart: return false
        case .next: return ["delta", "delta()", "microsoft.graph.delta", "microsoft.graph.delta()"].contains(path.last)
        }
    }

    /// Whether the users are members of a group.
    var isMembers: Bool {
        switch self {
        case .membersStart: true
        case .deltaStart, .listStart: false
        case .next: path.contains("transitivemembers")
        }
    }

    /// The segments of a link's path, in lower case.
    private var path: [String] {
        guard case .next(let url) = self else { return [] }
        return url.prefix { $0 != "?" }.split(separator: "/").map { $0.lowercased() }
    }

    private static func list(_ names: [String]) -> String {
        names.map(PercentEncoding.encode).joined(separator: ",")
    }
}
