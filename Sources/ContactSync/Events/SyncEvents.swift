/// One run over all active tenants begins. Settings, fields and contacts are those of this position throughout.
package struct SyncStarted: Codable, Equatable, Sendable {
    package let trigger: Trigger
    /// The version of the deciding code: a difference in replay is a bug only under the same one.
    package let engine: Int
    package let tenants: [TenantID]
    /// Nothing is decided before all tenants are read, so that a guard can hold it; nil where pages are decided as they come.
    package let staged: Bool?
    package init(trigger: Trigger, engine: Int, tenants: [TenantID], staged: Bool? = nil) {
        self.trigger = trigger
        self.engine = engine
        self.tenants = tenants
        self.staged = staged
    }
}

package enum Trigger: String, Codable, Sendable {
    /// Contact sync was newly enabled.
    case enabled
    case manual
    case schedule
    /// An agent lets through what was held: nothing is read.
    case approved
}

package struct PageRead: Codable, Equatable, Sendable {
    package let tenant: TenantID
    /// Counted from 1 within one read.
    package let page: Int
    /// How many objects it held.
    package let objects: Int
    /// Graph's `request-id`, for a support case.
    package let requestID: String?
    package init(tenant: TenantID, page: Int, objects: Int, requestID: String?) {
        self.tenant = tenant
        self.page = page
        self.objects = objects
        self.requestID = requestID
    }
}

package struct UserRemoved: Codable, Equatable, Sendable {
    package enum Cause: String, Codable, Sendable {
        /// Soft-deleted: Graph's `@removed` with the reason `changed`. Can be restored for 30 days.
        case softDeleted
        case deleted
        /// A complete read did not contain the user.
        case missing
        /// The user is there, and no longer in the selection.
        case unselected
    }
    package let cause: Cause
    package init(cause: Cause) { self.cause = cause }
}

package struct SelectionRead: Codable, Equatable, Sendable {
    package enum Extent: String, Codable, Sendable {
        /// Every user of the selection was in it.
        case full
        /// Only what changed since the last read.
        case changes
    }
    package let tenant: TenantID
    package let extent: Extent
    package let objects: Int
    /// What `$select` named.
    package let properties: [String]
    /// Where the next round begins. Kept only from a round that was complete.
    package let deltaLink: String?
    /// Why everybody was read; nil for a read of changes.
    package let reason: Reason?

    package enum Reason: String, Codable, Sendable {
        /// Nobody was read before.
        case first
        /// A property was mapped that earlier reads did not ask for.
        case newProperty
        /// The selection was changed.
        case newSelection
        /// Graph no longer knew where the last read ended.
        case stateLost
        /// The last full read is too long ago.
        case reconciliation
        /// Only groups are selected, or a property is mapped that Graph's delta rounds do not give.
        case noDelta
        /// Somebody was erased, of whom a round of changes would tell only what changed.
        case erasure
    }

    package init(
        tenant: TenantID, extent: Extent, objects: Int, properties: [String], deltaLink: String?, reason: Reason? = nil
    ) {
        self.tenant = tenant
        self.extent = extent
        self.objects = objects
        self.properties = properties
        self.deltaLink = deltaLink
        self.reason = reason
    }
}

package struct TenantReadFailed: Codable, Equatable, Sendable {
    package let tenant: TenantID
    package let reason: String
    package let aadsts: Int?
    package let requestID: String?
    /// What a person can do about it.
    package let advice: String?
    /// The trouble may be over by itself at the next sync.
    package let mayPass: Bool?

    package init(
        tenant: TenantID, reason: String, aadsts: Int?, requestID: String?, advice: String? = nil, mayPass: Bool? = nil
    ) {
        self.tenant = tenant
        self.reason = reason
        self.aadsts = aadsts
        self.requestID = requestID
        self.advice = advice
        self.mayPass = mayPass
    }
}

package struct SyncTotals: Codable, Equatable, Sendable {
    package var new = 0
    package var existing = 0
    package var failed = 0
    /// How many of the failed a guard holds; nil for none.
    package var held: Int?
    package var synced: Int { new + existing }
    package init(new: Int = 0, existing: Int = 0, failed: Int = 0, held: Int? = nil) {
        self.new = new
        self.existing = existing
        self.failed = failed
        self.held = held
    }
}

package struct SyncCompleted: Codable, Equatable, Sendable {
    package let totals: SyncTotals
    package init(totals: SyncTotals) { self.totals = totals }
}

package struct SyncFailed: Codable, Equatable, Sendable {
    package let reason: String
    package let totals: SyncTotals
    /// What kept the sync from the help desk; nil where contacts could be written.
    package let helpDesk: HelpDeskTrouble?
    package init(reason: String, totals: SyncTotals, helpDesk: HelpDeskTrouble? = nil) {
        self.reason = reason
        self.totals = totals
        self.helpDesk = helpDesk
    }
}

package struct HelpDeskTrouble: Codable, Equatable, Sendable {
    package let reason: String
    /// The help desk does not accept the key.
    package let isRefused: Bool
    /// What a person can do about it.
    package let advice: [String]
    /// It could be reached, and what was to be told was not in the plan that the sync had to keep to.
    package let isUnplanned: Bool?
    package init(reason: String, isRefused: Bool, advice: [String], isUnplanned: Bool? = nil) {
        self.reason = reason
        self.isRefused = isRefused
        self.advice = advice
        self.isUnplanned = isUnplanned
    }
}

package struct SyncInterrupted: Codable, Equatable, Sendable {
    package let totals: SyncTotals
    package init(totals: SyncTotals) { self.totals = totals }
}
