/// What faults do to a page that is otherwise good.
struct PageShape: Sendable {
    let isEmpty: Bool
    let repeatsFirst: Bool
    let linksToItself: Bool
    /// Makes the page's link unlike any before it.
    let serial: Int

    init(_ faults: [Fault], serial: Int) {
        isEmpty = faults.contains { $0.kind == .emptyPage }
        repeatsFirst = faults.contains { $0.kind == .duplicate }
        linksToItself = faults.contains { $0.kind == .repeatNextLink }
        self.serial = serial
    }
}
