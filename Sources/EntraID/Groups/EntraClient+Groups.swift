internal import ContactSync
internal import HTTP

extension EntraClient {
    private static let permission = "GroupMember.Read.All"

    /// Groups to choose from (learn.microsoft.com/graph/api/group-list). Needs the permission `GroupMember.Read.All`.
    ///
    /// - Parameter limit: Where the list ends; a large tenant has many thousands.
    package func groups(_ query: GroupQuery = .all, limit: Int = 1_000) async throws -> GroupList {
        var groups: [Group] = []
        var link: String? = "\(endpoints.graph)/v1.0/groups?\(query.parameters)$select=\(Group.select)&$top=999"
        var trail = LinkTrail()
        while let url = link, groups.count < limit {
            try allow(url)
            try trail.follow(url)
            let (found, next) = try await get(url, permission: EntraClient.permission, headers: query.headers) {
                (response) throws(EntraError) in try EntraClient.groups(response)
            }
            groups += found
            link = next
        }
        return GroupList(groups: Array(groups.prefix(limit)), isComplete: link == nil && groups.count <= limit)
    }

    /// The group of an id; nil where the tenant has no such group (any more).
    package func group(id: String) async throws -> Group? {
        let url = "\(endpoints.graph)/v1.0/groups/\(PercentEncoding.encode(id))?$select=\(Group.select)"
        do {
            return try await get(url, permission: EntraClient.permission) { (response) throws(EntraError) in
                let json: JSONValue
                do { json = try JSONValue(parsing: response.body) } catch { return .broken("a group that is \(error)") }
                guard let group = Group(json) else { throw EntraError(.unexpected, "graph sent a group without an id") }
                return .value(group)
            }
        } catch let error as EntraError where error.status == 404 {
            return nil
        }
    }

    private static func groups(
        _ response: WebResponse
    ) throws(EntraError) -> Reading<(groups: [Group], next: String?)> {
        let json: JSONValue
        do { json = try JSONValue(parsing: response.body) } catch { return .broken("a page that is \(error)") }
        guard let values = json["value"]?.array else {
            throw EntraError(
                .unexpected, "graph sent a page without groups", requestID: response.header("request-id"))
        }
        return .value((values.compactMap(Group.init), json["@odata.nextLink"]?.string))
    }
}

extension GroupQuery {
    fileprivate var parameters: String {
        switch self {
        case .all: ""
        case .search(let text):
            // Within the quotes of `$search` a backslash escapes (learn.microsoft.com/graph/search-query-parameter).
            "$search=" + PercentEncoding.encode("\"displayName:\(text.escaping("\\").escaping("\""))\"") + "&"
        case .named(let name):
            "$filter=" + PercentEncoding.encode("displayName eq '\(name.replacing("'", with: "''"))'") + "&"
        }
    }

    /// What a search needs on every page, because links do not carry it.
    fileprivate var headers: [(name: String, value: String)] {
        if case .search = self { return [("ConsistencyLevel", "eventual")] }
        return []
    }
}

extension String {
    fileprivate func escaping(_ character: String) -> String { replacing(character, with: "\\" + character) }
}
