package import Journal

/// Where a sync's events go: for good, or only to see what would happen.
package enum Ledger {
    case store(Store)
    case rehearsal(Rehearsal)

    package var isRehearsal: Bool {
        switch self {
        case .store: false
        case .rehearsal: true
        }
    }

    package func transact<T>(_ occasion: Occasion, _ body: (Store.Transaction) throws -> T) throws -> T {
        switch self {
        case .store(let store): try store.transact(occasion, body)
        case .rehearsal(let rehearsal): try rehearsal.transact(occasion, body)
        }
    }
}
