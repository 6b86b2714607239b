import ContactSync
import Foundation
import GRDB
import Journal
import Projections
import SyncEngine

/// A settings file that is tried and not saved.
struct SettingsTrial {
    let global: GlobalOptions
    private let document: SettingsDocument

    init(file: String, global: GlobalOptions) throws {
        self.global = global
        document = try SettingsDocument(contentsOf: file)
    }

    /// The edit, with the groups that the file names looked up in Entra ID.
    func lookedUp() async throws -> WhatIf.Edit {
        let (tenant, _) = try global.readModels().read { try settings($0) }
        guard let groups = try document.groups() else { return { try apply($0, nil) } }
        let chosen = try await EntraSession(global: global).with(tenant) { client in
            try await GroupChoice(client: client, selected: tenant.settings.chosenGroups).find(groups)
        }
        return { try apply($0, chosen) }
    }

    /// The edit, where recorded data is all that it is tried on; refuses what such data cannot tell.
    ///
    /// - Parameter known: The properties that were read of a tenant's users, where that is not what its last read asked for.
    func offline(knowing known: [TenantID: [String]] = [:]) -> WhatIf.Edit {
        { transaction in
            let (tenant, new) = try settings(transaction.db)
            try refuseUnrecorded(tenant, new, Set(known[tenant.id] ?? tenant.properties))
            try apply(transaction, nil)
        }
    }

    private func settings(_ db: Database) throws -> (tenant: Tenant, new: TenantSettings) {
        let tenant = try TenantLookup.find(try document.tenant(), in: Installation.tenants(db))
        return (tenant, try SettingsSave(global: global).checked(document.settings, tenant, db))
    }

    private func apply(_ transaction: Store.Transaction, _ groups: [ChosenGroup]?) throws {
        var (tenant, new) = try settings(transaction.db)
        if let groups { new.select(groups) }
        for event in tenant.settings.changes(to: new, tenant: tenant.id) {
            try transaction.append(event, .tenant(tenant.id))
        }
    }

    private func refuseUnrecorded(_ tenant: Tenant, _ new: TenantSettings, _ known: Set<String>) throws {
        let old = tenant.settings
        let named = try document.groups()
        let ids = named?.map { name in
            old.chosenGroups.first { $0.id == name.lowercased() || $0.name == name }?.id ?? name
        }
        if ids.map({ Set($0) != Set(old.chosenGroups.map(\.id)) }) ?? (new.users != old.users) {
            throw SettingsTrial.unrecorded("who is in another selection is not recorded")
        }
        if (new.include.guests && !old.include.guests) || (new.include.disabled && !old.include.disabled) {
            throw SettingsTrial.unrecorded("users who were left out are not recorded")
        }
        let missing = new.mapping.selectedProperties.filter { !known.contains($0) }
        guard !missing.isEmpty else { return }
        throw SettingsTrial.unrecorded(
            known.isEmpty
                ? "\(tenant.domain) was never read to the end"
                : "\(missing.joined(separator: ", ")) was not read of the users, and is not recorded")
    }

    private static func unrecorded(_ why: String) -> Failure {
        Failure(.badInput, why, ["foxtrail sync preview --settings FILE reads Entra ID, and tries them too"])
    }
}

extension SettingsDocument {
    init(contentsOf file: String) throws {
        // By a handle: a file may be a pipe, as the shell makes of <(...).
        let handle = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file)
        guard let handle, let data = try? handle.readToEnd() ?? Data() else {
            throw Failure(.badInput, "the file \(file) cannot be read", ["check its name and rights"])
        }
        try self.init(data, file: file == "-" ? "stdin" : file)
    }
}
