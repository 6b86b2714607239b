import ContactSync
import GRDB
import Projections

/// The tenants of which a guard holds records, as commands tell them.
struct HeldTenants {
    static let advice = "foxtrail sync approve lets it through, whole or --only EMAIL; or undo what caused it"

    let global: GlobalOptions

    init(_ global: GlobalOptions) { self.global = global }

    static func all(_ db: Database) throws -> [Tenant] {
        try Installation.tenants(db).filter { $0.hold != nil && $0.isActive && $0.settings.contactSync }
    }

    /// Who set what caused it, and what can be done; nothing where nothing is held.
    var hints: [String] {
        get throws {
            try global.readModels().read { db in
                let held = try HeldTenants.all(db)
                let edits = try held.flatMap { tenant in
                    try (tenant.hold?.held.editsToBlame ?? []).map { try words($0, tenant, db) }
                }
                return held.isEmpty ? [] : edits + [HeldTenants.advice]
            }
        }
    }

    private func words(_ edit: TenantHeld.Edit, _ tenant: Tenant, _ db: Database) throws -> String {
        let what =
            switch edit.kind {
            case .mapping: "the mapping of \(tenant.domain)"
            case .overwrite: "overwriteCustomFields of \(tenant.domain)"
            case .selection: "the selection of \(tenant.domain)"
            case .fields: "a custom field"
            case .helpDesk: "the help desk"
            }
        let number = edit.actor.split(separator: ":").last.flatMap { Int64($0) }
        let who = try number.flatMap { try Installation.agentEmail($0, db) } ?? edit.actor
        return "\(who) changed \(what): foxtrail journal show \(edit.position)"
    }

    /// Whether nothing else kept the sync from its end.
    func areAllThatFailed(_ log: SyncLog) throws -> Bool {
        try global.readModels().read { db in
            let tenants = try Installation.tenants(db)
            let isLost = tenants.contains { $0.isLost && !$0.isActive && $0.settings.contactSync }
            let isUnread = tenants.contains { log.tenants.contains($0.id) && $0.failedIn == log.sync }
            let isHeld = tenants.contains { log.tenants.contains($0.id) && $0.hold?.sync == log.sync }
            return isHeld && !isLost && !isUnread && log.helpDesk == nil
        }
    }
}

extension TenantHeld {
    /// The last edit of each kind that had any part in it.
    fileprivate var editsToBlame: [Edit] {
        edits.enumerated().filter { index, edit in
            let count = edit.kind == .selection ? causes.selection : causes.settings
            return count > 0 && !edits[(index + 1)...].contains { $0.kind == edit.kind && $0.actor == edit.actor }
        }.map(\.element)
    }
}
