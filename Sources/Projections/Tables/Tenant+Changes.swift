import ContactSync
import Journal

/// What a tenant's life makes of it.
extension Tenant {
    mutating func activate() {
        (isActive, isDeleted) = (true, false)
        (reason, aadsts, advice, isLost) = (nil, nil, nil, false)
        unread = nil
    }

    mutating func reauthorize(_ authorized: TenantAuthorized, _ record: RecordedEvent) {
        // A link of one cloud is worth nothing in another.
        if self.authorized.graph != authorized.graph { (deltaLink, selectionAt) = (nil, record.position.rawValue) }
        self.authorized = authorized
        authorizedAt = record.recordedAt
        activate()
    }

    mutating func disable(_ disabled: TenantDisabled, _ record: RecordedEvent) {
        isActive = false
        (reason, aadsts, advice) = (disabled.reason, disabled.aadsts, disabled.advice)
        isLost = record.sync != nil
    }

    mutating func delete() {
        (isActive, isDeleted) = (false, true)
        settings.contactSync = false
        (deltaLink, hold) = (nil, nil)
    }
}

/// What settings make of it, that decide records.
extension Tenant {
    mutating func map(_ mapping: Mapping, at position: Int64) { (settings.mapping, settingsAt) = (mapping, position) }

    mutating func overwrite(_ isOn: Bool, at position: Int64) {
        (settings.overwriteCustomFields, settingsAt) = (isOn, position)
    }

    mutating func select(_ changed: SelectionChanged, at position: Int64) {
        (settings.users, settings.groupNames) = (changed.users, changed.names ?? [:])
        selectAnew(at: position)
    }

    mutating func include(_ inclusion: Inclusion, at position: Int64) {
        settings.include = inclusion
        selectAnew(at: position)
    }

    private mutating func selectAnew(at position: Int64) {
        (settingsAt, selectionAt, hasNewSelection) = (position, position, true)
    }

    /// Contacts live elsewhere from now on, and none of them is the tenant's yet.
    mutating func beginElsewhere(at position: Int64) { (settingsAt, wasDecided) = (position, false) }
}

/// What a sync makes of it.
extension Tenant {
    /// - Parameter begun: Where the sync began.
    mutating func conclude(_ read: SelectionRead, _ record: RecordedEvent, begun: Int64) {
        readIn = record.sync
        unread = nil
        // What was held is measured anew.
        hold = nil
        if read.extent == .full { (fullReadAt, hasErased) = (record.recordedAt, false) }
        // Where the selection is another one by now, the next read cannot go on from this one.
        hasNewSelection = selectionAt > begun
        deltaLink = hasNewSelection ? nil : read.deltaLink
        properties = read.properties
    }

    mutating func fail(_ failed: TenantReadFailed, in sync: Int64?) {
        (failedIn, failure, failureAdvice) = (sync, failed.reason, failed.advice)
        // Read to the end all the same, but not taken in as a plan had it: the one who gave the plan is told.
        unread = readIn == sync ? nil : Unread(mayPass: failed.mayPass ?? true, aadsts: failed.aadsts)
    }

    /// - Parameter begun: Where the sync began.
    mutating func hold(_ held: TenantHeld, _ record: RecordedEvent, begun: Int64) {
        hold = Hold(held: held, sync: record.sync ?? 0, since: begun, at: record.position.rawValue)
    }

    mutating func release(_ approved: SyncApproved, in sync: Int64?) {
        release = Release(sync: sync ?? 0, before: hold?.at ?? 0, users: approved.users)
    }
}
