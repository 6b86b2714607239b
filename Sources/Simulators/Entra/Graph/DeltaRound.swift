/// One page of a delta round, found but not yet written.
///
/// The first round walks over all users. A later one walks over the versions since the last; a user who changed several
/// times comes once, at the last change. What changes during a round comes in the next.
struct DeltaRound {
    let token: DeltaToken
    let directory: Directory
    let pageSize: Int

    /// The users of the page and where the next page begins.
    func page() -> (indexes: [Int], next: DeltaToken.Place?) {
        switch token.place {
        case .initial(let start):
            let page = directory.page(from: start, limit: pageSize)
            return (page.indexes, page.next.map { .initial(next: $0) })
        case .changes(let after): return changes(after: after)
        case .done: return changes(after: token.until)
        }
    }

    /// The versions that the round covers.
    private var selected: PropertySet { token.selection.set }

    private func changes(after: Int) -> (indexes: [Int], next: DeltaToken.Place?) {
        var indexes: [Int] = []
        for version in (after + 1)..<(max(token.until, after) + 1) {
            let index = directory.journal[version - 1]
            let change = directory.changes[index]?.relevant(since: token.since, until: token.until, selected: selected)
            guard change?.last == version else { continue }
            if indexes.count == pageSize { return (indexes, .changes(after: version - 1)) }
            indexes.append(index)
        }
        return (indexes, nil)
    }

    /// With `Prefer: return=minimal` only what has changed is sent.
    func properties(of index: Int, minimal: Bool) -> [Property] {
        guard minimal, case .changes = token.place,
            let change = directory.changes[index]?.relevant(since: token.since, until: token.until, selected: selected)
        else { return token.selection.properties }
        return token.selection.properties.filter { $0 == .id || change.properties.contains($0) }
    }
}
