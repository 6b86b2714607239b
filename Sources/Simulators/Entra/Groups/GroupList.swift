/// `GET /groups`: searched, filtered, paged.
struct GroupList {
    private let paging: Paging
    private let selection: [String]
    private let isExplicit: Bool
    private let filter: Filter?
    private let search: Search?
    private let isOrdered: Bool

    private static let known: Set = ["$select", "$top", "$count", "$filter", "$search", "$orderby", "$skiptoken"]

    init(_ call: Call) throws {
        paging = try Paging(call, known: Self.known)
        (selection, isExplicit) = try Self.selection(call.query["$select"])
        filter = try call.query["$filter"].map(FilterParser.parse)
        search = try call.query["$search"].map(Search.init)
        isOrdered = try Self.isOrdered(call.query["$orderby"])
        try checkAdvanced(call)
    }

    /// Nil is the default set.
    static func selection(_ text: String?) throws -> (names: [String], isExplicit: Bool) {
        guard let text, !text.isEmpty else { return (Group.properties, false) }
        let names = try text.split(separator: ",").map { name in
            let name = name.filter { $0 != " " }
            guard let property = Group.property(named: name) else {
                throw GraphError.unknownProperty(name, of: "group")
            }
            return property
        }
        return (names, true)
    }

    private static func isOrdered(_ text: String?) throws -> Bool {
        guard let text else { return false }
        guard ["displayname", "displayname asc"].contains(text.lowercased()) else {
            throw GraphError.unsupported("Groups are ordered by displayName only.")
        }
        return true
    }

    private func checkAdvanced(_ call: Call) throws {
        if search != nil, !call.wantsEventual { throw GraphError.searchNeedsHeader }
        if search != nil, isOrdered { throw GraphError.unsupported("$orderby does not go with $search.") }
        let needsBoth = filter?.isAdvanced == true || filter != nil && isOrdered
        if needsBoth, !call.isAdvanced { throw GraphError.queryNeedsHeader }
        for name in filter?.properties ?? [] where Group.property(named: name) == nil {
            throw GraphError.unknownProperty(name, of: "group")
        }
    }

    func reply(_ directory: GroupDirectory, _ shape: PageShape) -> Reply {
        let found = matches(in: directory)
        let start = paging.start ?? 0
        let page = shape.isEmpty ? [] : Array(found.dropFirst(start).prefix(paging.limit))
        let next = start + page.count < found.count ? start + page.count : nil
        var writer = PageWriter(
            context: "\(paging.call.origin)/v1.0/$metadata#groups" + suffix,
            links: paging.links(count: found.count, next: next, shape), expecting: page.count)
        for group in page + shape.again(page) {
            writer.append { $0.write(directory.groups[group], selection) }
        }
        return .json(bytes: writer.finish())
    }

    private var suffix: String { isExplicit ? "(" + selection.joined(separator: ",") + ")" : "" }

    func matches(in directory: GroupDirectory) -> [Int] {
        let found = directory.present.filter { index in
            let group = directory.groups[index]
            func value(_ name: String) -> JSONValue { Group.property(named: name).map(group.value) ?? .null }
            return filter?.matches(value) != false && search?.matches { value($0).text } != false
        }
        guard isOrdered else { return found }
        return found.sorted { directory.groups[$0].displayName < directory.groups[$1].displayName }
    }
}

extension JSONWriter {
    /// The members of a group, without the braces.
    mutating func write(_ group: Group, _ properties: [String]) {
        for (place, property) in properties.enumerated() {
            member(property, group.value(of: property), isFirst: place == 0)
        }
    }
}
