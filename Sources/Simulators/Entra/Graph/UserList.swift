/// `GET /users`: what was asked, checked as Graph checks it.
struct UserList {
    private let call: Call
    private let selection: Selection
    private let limit: Int
    private let start: Int
    private let wantsCount: Bool
    private let filter: Filter?

    static let defaultPage = 100
    static let largestPage = 999
    private static let known: Set<String> = ["$select", "$top", "$count", "$filter", "$skiptoken"]

    init(_ call: Call) throws {
        let query = call.query
        try Self.refuse(query.names)
        self.call = call
        selection = try Selection(query["$select"])
        if selection.properties.contains(where: \.isSingleUserOnly) { throw GraphError.notImplemented }
        filter = try query["$filter"].map(FilterParser.parse)
        try Self.check(filter, call)
        limit = try Self.limit(query["$top"], selection)
        start = try Self.start(query["$skiptoken"])
        // Without the header the parameter is silently ignored.
        wantsCount = query["$count"]?.lowercased() == "true" && call.wantsEventual && query["$skiptoken"] == nil
    }

    func reply(_ directory: Directory, _ shape: PageShape) -> Reply {
        let page = shape.isEmpty ? ([], next: start) : directory.page(from: start, limit: limit, where: matches)
        var links: [(name: String, value: JSONValue)] = []
        if wantsCount { links.append(("@odata.count", .integer(count(directory)))) }
        if shape.linksToItself {
            links.append(("@odata.nextLink", .string(call.origin + call.target)))
        } else if let next = page.next {
            links.append(("@odata.nextLink", .string(link(to: next, serial: shape.serial))))
        }
        var writer = PageWriter(
            context: "\(call.origin)/v1.0/$metadata#users\(selection.contextSuffix)", links: links, expecting: limit)
        let nulls = shape.nulls(.written)
        for index in page.indexes + shape.again(page.indexes) {
            writer.append(directory.user(at: index), selection.properties, nulls)
        }
        return .json(bytes: writer.finish())
    }

    /// The link repeats the parameters of the first request.
    private func link(to next: Int, serial: Int) -> String {
        let carried = ["$select", "$top", "$count", "$filter"].compactMap { name in
            call.query[name].map { name + "=" + Fields.encoded($0) + "&" }
        }
        return "\(call.origin)/v1.0/users?\(carried.joined())$skiptoken=RFNwdAIA\(next)-\(serial)"
    }

    /// Nil takes everybody, without looking at anyone.
    private var matches: ((User) -> Bool)? {
        filter.map { filter in
            { user in filter.matches { name in Property(named: name).map(user.value) ?? .null } }
        }
    }

    private func count(_ directory: Directory) -> Int {
        guard let matches else { return directory.presentCount }
        return (0..<directory.slots).count { directory.isPresent($0) && matches(directory.user(at: $0)) }
    }

    /// Advanced filters need the header and the parameter on every page (2.4, 2.7).
    private static func check(_ filter: Filter?, _ call: Call) throws {
        guard let filter else { return }
        for name in filter.properties where Property(named: name) == nil { throw GraphError.unknownProperty(name) }
        guard filter.isAdvanced, !call.isAdvanced else { return }
        throw call.query["$skiptoken"] == nil ? GraphError.queryNeedsHeader : GraphError.expiredPage
    }

    private static func refuse(_ names: [String]) throws {
        for name in names where name.hasPrefix("$") && !known.contains(name) {
            throw name == "$skip"
                ? GraphError.badRequest("'$skip' is not supported by the service.")
                : GraphError.unsupported("'\(name)' is not simulated.")
        }
    }

    /// Above the maximum Graph's own behaviour is not documented; we clamp.
    private static func limit(_ text: String?, _ selection: Selection) throws -> Int {
        let maximum = selection.properties.contains(.signInActivity) ? 120 : largestPage
        guard let text else { return min(defaultPage, maximum) }
        guard let number = Int(text), number > 0 else {
            throw GraphError.badRequest("Invalid value '\(text)' for $top query option found.")
        }
        return min(number, maximum)
    }

    private static func start(_ token: String?) throws -> Int {
        guard let token else { return 0 }
        guard token.hasPrefix("RFNwdAIA"),
            let next = token.dropFirst(8).split(separator: "-").first.flatMap({ Int($0) })
        else {
            throw GraphError.expiredPage
        }
        return next
    }
}
