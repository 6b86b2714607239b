extension EntraService {
    func groupDirectory(_ tenant: Int) -> GroupDirectory {
        withState { $0.tenants[tenant].groups }
    }

    /// `GET /groups/$count`, an advanced query.
    func countGroups(_ call: Call, tenant: Int) throws -> Reply {
        guard call.wantsEventual else { throw GraphError.badRequest("$count is not currently supported.") }
        return .text(String(groupDirectory(tenant).present.count))
    }

    /// `GET /groups/{id}`.
    func oneGroup(_ id: String, _ call: Call, tenant: Int, status: Int = 200) throws -> Reply {
        let directory = groupDirectory(tenant)
        guard let index = directory.index(of: id) else { throw GraphError.notFound(id) }
        let (selection, isExplicit) = try GroupList.selection(call.query["$select"])
        let suffix = isExplicit ? "(" + selection.joined(separator: ",") + ")" : ""
        var json = JSONWriter(capacity: 1024)
        json.raw("{")
        json.member(
            "@odata.context", .string("\(call.origin)/v1.0/$metadata#groups\(suffix)/$entity"), isFirst: true)
        json.raw(",")
        json.write(directory.groups[index], selection)
        json.raw("}")
        return .json(bytes: json.bytes, status: status)
    }

    /// `GET /groups/{id}/transitiveMembers` and its relatives.
    func members(_ path: MemberList.Path, _ call: Call, _ faults: [Fault], _ caller: Caller) throws -> Reply {
        let list = try MemberList(call, path)
        let (groups, directory) = withState { ($0.tenants[caller.tenant].groups, $0.tenants[caller.tenant].directory) }
        guard let index = groups.index(of: path.group) else { throw GraphError.notFound(path.group) }
        if groups.groups[index].hidesMembers, !caller.may(.memberReadHidden) { throw GraphError.forbidden }
        let name = MembershipCache.Name(
            group: index, isTransitive: path.isTransitive, showsDeleted: faults.contains { $0.kind == .staleMembers },
            groups: groups.version, users: directory.version)
        let page = list.page(of: memberships(name, groups, directory, caller.tenant))
        if path.isCount { return .text(String(page.count)) }
        let shape = shaping(faults)
        let shown = shape.isEmpty ? [] : Array(page.keys)
        var writer = PageWriter(
            context: "\(call.origin)/v1.0/$metadata#" + list.context,
            links: list.paging.links(count: page.count, next: page.next, shape), expecting: shown.count)
        let members = MemberWriter(
            directory: directory, groups: groups, selection: list.selection, isTyped: path.cast == nil,
            mayReadUsers: caller.mayReadUsers)
        for key in shown + shape.again(shown) { writer.append { members.write(key, to: &$0) } }
        return .json(bytes: writer.finish())
    }

    /// Found once for all pages of a membership: a million members would otherwise be found a thousand times.
    private func memberships(
        _ name: MembershipCache.Name, _ groups: GroupDirectory, _ directory: Directory, _ tenant: Int
    ) -> [MemberKey] {
        if let known = withState({ $0.tenants[tenant].memberships[name] }) { return known }
        var found = groups.members(of: name.group, transitively: name.isTransitive, in: directory)
        if directory.version > 0 {
            found.removeAll { key in
                guard key.kind == .user, !directory.isPresent(key.index) else { return false }
                return !(name.showsDeleted && directory.isRestorable(key.index))
            }
        }
        let complete = found
        withState { $0.tenants[tenant].memberships[name] = complete }
        return found
    }
}

/// The last few memberships that were asked for.
struct MembershipCache: Sendable {
    /// With the state in which it was found.
    struct Name: Hashable, Sendable {
        let group: Int
        let isTransitive: Bool
        let showsDeleted: Bool
        let groups: Int
        let users: Int
    }

    private var found: [Name: [MemberKey]] = [:]

    subscript(_ name: Name) -> [MemberKey]? {
        get { found[name] }
        set {
            if found.count >= 16 { found.removeAll() }
            found[name] = newValue
        }
    }
}
