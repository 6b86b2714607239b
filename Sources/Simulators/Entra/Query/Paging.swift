/// What the lists of groups and members have in common: how many, from where on, counted or not.
struct Paging: Sendable {
    let call: Call
    let limit: Int
    /// Where to go on; nil on the first page.
    let start: Int?
    /// Without the header the parameter is silently ignored, and later pages never count.
    var wantsCount: Bool { call.isAdvanced && start == nil }

    private static let prefix = "RFNwdAIA"

    init(_ call: Call, known: Set<String>) throws {
        self.call = call
        for name in call.query.names where name.hasPrefix("$") && !known.contains(name) {
            throw name == "$skip"
                ? GraphError.badRequest("'$skip' is not supported by the service.")
                : GraphError.unsupported("'\(name)' is not simulated here.")
        }
        limit = try Self.limit(call.query["$top"])
        start = try Self.start(call.query["$skiptoken"])
    }

    /// Above the maximum Graph's own behaviour is not documented; we clamp. See 2.3.
    private static func limit(_ text: String?) throws -> Int {
        guard let text else { return UserList.defaultPage }
        guard let number = Int(text), number > 0 else {
            throw GraphError.badRequest("Invalid value '\(text)' for $top query option found.")
        }
        return min(number, UserList.largestPage)
    }

    private static func start(_ token: String?) throws -> Int? {
        guard let token else { return nil }
        guard token.hasPrefix(prefix), let next = token.dropFirst(prefix.count).split(separator: "-").first,
            let number = Int(next)
        else { throw GraphError.expiredPage }
        return number
    }

    /// `@odata.count` and `@odata.nextLink`, as far as there are any.
    func links(count: Int, next: Int?, _ shape: PageShape) -> [(name: String, value: JSONValue)] {
        var links: [(name: String, value: JSONValue)] = []
        if wantsCount { links.append(("@odata.count", .integer(count))) }
        if shape.linksToItself {
            links.append(("@odata.nextLink", .string(call.origin + call.target)))
        } else if shape.isEmpty {
            links.append(("@odata.nextLink", .string(link(to: start ?? 0, shape))))
        } else if let next {
            links.append(("@odata.nextLink", .string(link(to: next, shape))))
        }
        return links
    }

    /// The link repeats the parameters of the first request; headers it cannot carry.
    private func link(to next: Int, _ shape: PageShape) -> String {
        let carried = ["$select", "$top", "$count", "$filter", "$search", "$orderby"].compactMap { name in
            call.query[name].map { name + "=" + Fields.encoded($0) + "&" }
        }
        return "\(call.origin)\(call.path)?\(carried.joined())$skiptoken=\(Self.prefix)\(next)-\(shape.serial)"
    }
}

extension Call {
    /// The header that advanced queries need.
    var wantsEventual: Bool { header("ConsistencyLevel")?.lowercased() == "eventual" }

    /// The header and the parameter: most advanced queries need both.
    var isAdvanced: Bool { wantsEventual && query["$count"]?.lowercased() == "true" }
}
