/// `GET /groups/{id}/members` and `/transitiveMembers`, of all kinds or cast to one.
struct MemberList {
    /// What the path names.
    struct Path: Sendable {
        let group: String
        let isTransitive: Bool
        /// Nil without a cast.
        let cast: MemberKey.Kind?
        let isCount: Bool
    }

    /// Who asks, and what they may see.
    struct Rights {
        let users: Bool
    }

    let path: Path
    let paging: Paging
    let selection: Selection?
    /// A path link or another page's link: both need what the first page needed.
    let call: Call

    init(_ call: Call, _ path: Path) throws {
        self.call = call
        self.path = path
        paging = try Paging(call, known: ["$select", "$top", "$count", "$skiptoken"])
        selection = try call.query["$select"].map { try Self.selection($0, path.cast) }
        if selection?.properties.contains(where: \.isSingleUserOnly) == true { throw GraphError.notImplemented }
        try checkHeaders()
    }

    /// A mixed list takes the names of any kind; what a member has not got is left out.
    private static func selection(_ text: String, _ cast: MemberKey.Kind?) throws -> Selection {
        let names = text.split(separator: ",").map { $0.filter { $0 != " " } }
        for name in names where cast == nil && Property(named: name) == nil {
            guard Group.property(named: name) != nil else {
                throw GraphError.unknownProperty(name, of: "directoryObject")
            }
        }
        guard cast == nil || cast == .user else { return Selection([.id, .displayName], isExplicit: true) }
        return try Selection(names.filter { cast == .user || Property(named: $0) != nil }.joined(separator: ","))
    }

    /// The cast needs the header and the parameter, on every page: no link carries headers (2.4, 2.6, 2.7).
    private func checkHeaders() throws {
        if path.isCount, !call.wantsEventual { throw GraphError.badRequest("$count is not currently supported.") }
        guard path.cast != nil, !path.isCount, !call.isAdvanced else { return }
        throw paging.start == nil ? GraphError.queryNeedsHeader : GraphError.expiredPage
    }

    /// The members at and after the page's start, of the kind that was asked for.
    func page(of keys: [MemberKey]) -> (keys: ArraySlice<MemberKey>, next: Int?, count: Int) {
        let wanted = keys.range(of: path.cast)
        let first = wanted.lowerBound(paging.start ?? 0)
        let page = wanted[first...].prefix(paging.limit)
        return (page, page.endIndex < wanted.endIndex ? wanted[page.endIndex].number : nil, wanted.count)
    }

    var context: String {
        guard let cast = path.cast else { return "directoryObjects" }
        return (cast == .device ? "devices" : cast.type + "s") + (cast == .user ? selection?.contextSuffix ?? "" : "")
    }
}

extension RandomAccessCollection where Element == MemberKey, Index == Int {
    /// Those of one kind; former users count as users, because that is what they are typed as.
    fileprivate func range(of kind: MemberKey.Kind?) -> SubSequence {
        switch kind {
        case nil: self[...]
        case .user?, .former?: self[..<lowerBound(MemberKey(.group, 0).number)]
        case .group?: self[lowerBound(MemberKey(.group, 0).number)..<lowerBound(MemberKey(.device, 0).number)]
        case .device?: self[lowerBound(MemberKey(.device, 0).number)...]
        }
    }

    /// Where a number stands or would stand.
    fileprivate func lowerBound(_ number: Int) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
