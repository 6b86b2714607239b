/// What faults do to a page that is otherwise good.
struct PageShape: Sendable {
    private let kinds: Set<Fault.Kind>
    /// Makes the page's link unlike any before it.
    let serial: Int

    init(_ faults: [Fault], serial: Int) {
        kinds = Set(faults.map(\.kind))
        self.serial = serial
    }

    var isEmpty: Bool { kinds.contains(.emptyPage) }
    var linksToItself: Bool { kinds.contains(.repeatNextLink) }
    var replays: Bool { kinds.contains(.replay) }
    var isReversed: Bool { kinds.contains(.outOfOrder) }
    var staleFirst: Bool { kinds.contains(.staleFirst) }
    var removesTwice: Bool { kinds.contains(.removedTwice) }
    var restoresFirst: Bool { kinds.contains(.restored) }

    /// What comes once more at the end of the page.
    func again<Element>(_ page: some Collection<Element>) -> [Element] {
        kinds.contains(.duplicate) ? Array(page.prefix(1)) : []
    }

    /// How a missing value is written where usually it would be written like that.
    func nulls(_ usual: Nulls) -> Nulls {
        kinds.contains(.omittedNulls) ? .omitted : kinds.contains(.explicitNulls) ? .written : usual
    }
}

/// What becomes of properties without a value.
enum Nulls: Sendable {
    case written
    /// Delta tells what was cleared from what was never set (2.5).
    case omittedUnlessCleared
    case omitted
}
