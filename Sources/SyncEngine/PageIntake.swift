package import ContactSync
import Journal
package import Projections

/// Takes in what Graph said, one page a transaction: pages -> events -> decisions -> events -> rows.
package struct PageIntake {
    package let plan: TenantPlan
    package let extent: SelectionRead.Extent
    /// Rows of the users that a full read has seen: who is missing at its end is gone.
    package private(set) var seen = Bitmap()
    package private(set) var objects = 0
    package private(set) var pages = 0
    /// Entries that name no user: whoever they are about may seem to be missing.
    package private(set) var nameless = 0

    package init(plan: TenantPlan, extent: SelectionRead.Extent) {
        self.plan = plan
        self.extent = extent
    }

    package mutating func take(
        _ page: [UserObject], strays: Int, requestID: String?, gone: Set<TenantID>, _ transaction: Store.Transaction
    ) throws {
        nameless += strays
        pages += 1
        objects += page.count
        let decider = RecordDecider(rules: [plan.tenant.id: plan.rules], gone: gone, projector: transaction.projector)
        try transaction.append(
            .pageRead(.init(tenant: plan.tenant.id, page: pages, objects: page.count, requestID: requestID)),
            .tenant(plan.tenant.id))
        for user in page { try take(user, decider, transaction) }
    }

    private mutating func take(
        _ user: UserObject, _ decider: RecordDecider, _ transaction: Store.Transaction
    ) throws {
        guard let id = user.id else {
            nameless += 1
            return
        }
        let key = UserKey(tenant: plan.tenant.id, objectID: id)
        let known = try decider.projector.users.row(key)
        if let removal = user.removal {
            if let known, !known.isRemoved {
                try transaction.append(
                    .userRemoved(.init(cause: removal == "deleted" ? .deleted : .softDeleted)), of: known)
            }
            return
        }
        let (event, whole) = try news(in: user, known, transaction)
        guard plan.tenant.settings.include.holds(whole) else {
            if let known, !known.isRemoved {
                try transaction.append(.userRemoved(.init(cause: .unselected)), of: known)
            }
            return
        }
        guard let event else {
            if let known { seen.insert(known.id) }
            return
        }
        var merged: UserObject?
        if case .userChanged = event { merged = whole }
        let row = try transaction.append(fetched: event, of: key, known: known, whole: merged)
        seen.insert(row.id)
        if let event = try decider.event(for: row, whole) { try transaction.append(event, of: row) }
    }

    /// What the object says that was not known, nil where it says nothing new, and the whole user as known by it.
    private func news(
        in user: UserObject, _ known: UsersTable.Row?, _ transaction: Store.Transaction
    ) throws -> (event: Event?, whole: UserObject) {
        guard let known, let bytes = try transaction.projector.bytes(of: known, journal: transaction.appender.db)
        else {
            return (.userFetched(user), user)
        }
        // Mostly Graph repeats itself to the byte.
        if user.bytes == bytes, !known.isRemoved { return (nil, user) }
        let before = try UserObject(bytes)
        switch extent {
        case .full:
            return (user.saysTheSame(as: before) && !known.isRemoved ? nil : .userFetched(user), user)
        case .changes:
            let whole = before.overlaid(by: user)
            if whole.saysTheSame(as: before), !known.isRemoved { return (nil, before) }
            return (user.covers(before) ? .userFetched(user) : .userChanged(user), whole)
        }
    }
}

/// A set of row numbers, a bit each: a million users take 125 KB.
package struct Bitmap: Sendable {
    private var words: [UInt64] = []

    package init() {}

    mutating func insert(_ number: Int64) {
        let word = Int(number >> 6)
        while words.count <= word { words.append(0) }
        words[word] |= 1 << UInt64(number & 63)
    }

    func contains(_ number: Int64) -> Bool {
        let word = Int(number >> 6)
        return word < words.count && words[word] & (1 << UInt64(number & 63)) != 0
    }
}
