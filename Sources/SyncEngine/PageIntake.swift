package import ContactSync
import EntraID
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
        _ page: [UserObject], strays: Int, requestID: String?, _ run: SyncRun, _ transaction: Store.Transaction
    ) throws {
        nameless += strays
        pages += 1
        objects += page.count
        let decider = RecordDecider(
            rules: [plan.tenant.id: plan.rules], gone: run.gone, projector: transaction.projector, permit: run.permit)
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
        if let cause = removal(user) { return try remove(known, cause, transaction) }
        if known == nil, isPartOfAStranger(user) { throw EntraError.partOfAStranger }
        let (event, whole) = try news(in: user, known, transaction)
        let isIn = holds(whole)
        guard let event else {
            if !isIn { return try remove(known, .unselected, transaction) }
            if let known { seen.insert(known.id) }
            return
        }
        // Who was never in is not put on record.
        if known == nil, !isIn { return }
        var merged: UserObject?
        if case .userChanged = event { merged = whole }
        let row = try transaction.append(fetched: event, of: key, known: known, whole: merged)
        guard isIn else { return try remove(row, .unselected, transaction) }
        seen.insert(row.id)
        // A help desk elsewhere is looked at first, and a guard measures first: `HelpDeskStage` or `SecondLook` decides.
        if decider.projector.decidesLater { return }
        if let event = try decider.event(for: row, whole) { try decider.record(event, of: row, transaction) }
    }

    /// Why a user who is named is gone; nil for one who is there.
    private func removal(_ user: UserObject) -> UserRemoved.Cause? {
        if let reason = user.removal { return reason == "deleted" ? .deleted : .softDeleted }
        if case .groups = plan.tenant.settings.users, case .text = TenantPlan.deletion?.value(in: user) {
            return .softDeleted
        }
        return nil
    }

    private func holds(_ user: UserObject) -> Bool { plan.tenant.settings.include.holds(user) }

    /// Who was excluded from the beginning is not on record, and a later round that sends only what changed does not say
    /// whether such a user is in now: it is told from a new user by the lack of what every account has.
    private func isPartOfAStranger(_ user: UserObject) -> Bool {
        guard extent == .changes, plan.tenant.settings.include != Inclusion() else { return false }
        return TenantPlan.accountEnabled?.value(in: user) == .empty || plan.rules.name.value(in: user) == .empty
    }

    private func remove(
        _ known: UsersTable.Row?, _ cause: UserRemoved.Cause, _ transaction: Store.Transaction
    ) throws {
        guard let known, !known.isRemoved else { return }
        try transaction.append(.userRemoved(.init(cause: cause)), of: known)
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
        if user.bytes == bytes, !known.isRemoved || !holds(user) { return (nil, user) }
        let before = try UserObject(bytes)
        switch extent {
        case .full:
            let isOld = user.saysTheSame(as: before) && (!known.isRemoved || !holds(user))
            return (isOld ? nil : .userFetched(user), user)
        case .changes:
            let whole = before.overlaid(by: user)
            if whole.saysTheSame(as: before), !known.isRemoved || !holds(before) { return (nil, before) }
            return (user.covers(before) ? .userFetched(user) : .userChanged(user), whole)
        }
    }
}
