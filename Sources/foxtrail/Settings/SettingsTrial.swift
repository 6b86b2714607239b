import ContactSync
import Foundation
import GRDB
import Journal
import Projections
import SyncEngine

/// A settings file that is tried and not saved.
struct SettingsTrial {
    let global: GlobalOptions
    private let file: ConfigurationFile

    init(file: String, global: GlobalOptions) throws {
        self.global = global
        self.file = try ConfigurationFile(contentsOf: file)
    }

    /// The edit, with the groups that the file names looked up in Entra ID.
    func lookedUp() async throws -> WhatIf.Edit {
        let edits = try global.readModels().read { db in
            try refuseInstallation(db)
            return try file.tenants.map { (document: $0, tenant: try settings($0, db).tenant) }
        }
        var chosen: [TenantID: [ChosenGroup]] = [:]
        for (document, tenant) in edits {
            guard let groups = try document.groups() else { continue }
            chosen[tenant.id] = try await EntraSession(global: global).with(tenant) { client in
                try await GroupChoice(client: client, selected: tenant.settings.chosenGroups).find(groups)
            }
        }
        return { transaction in
            for (document, tenant) in edits { try apply(document, transaction, chosen[tenant.id]) }
        }
    }

    /// The edit, where recorded data is all that it is tried on; refuses what such data cannot tell.
    ///
    /// - Parameter known: The properties that were read of a tenant's users, where that is not what its last read asked for.
    func offline(knowing known: [TenantID: [String]] = [:]) -> WhatIf.Edit {
        { transaction in
            try refuseInstallation(transaction.db)
            for document in file.tenants {
                let (tenant, new) = try settings(document, transaction.db)
                try refuseUnrecorded(document, tenant, new, Set(known[tenant.id] ?? tenant.properties))
                try apply(document, transaction, nil)
            }
        }
    }

    /// What is tried are tenants' settings: of the installation the file may hold what is there already, as exported.
    private func refuseInstallation(_ db: Database) throws {
        guard let document = file.installation else { return }
        let old = try InstallationSettings.required(db)
        let new = try document.settings(from: old, secrets: global.secrets)
        guard let change = SettingsSections.all.flatMap({ $0.changes(old, new) }).first else { return }
        throw Failure(
            .badInput, "a change of the installation cannot be tried: \(change.line)",
            ["leave it out of the file; foxtrail settings apply --dry-run shows what it would change"])
    }

    private func settings(
        _ document: SettingsDocument, _ db: Database
    ) throws -> (tenant: Tenant, new: TenantSettings) {
        let tenant = try TenantLookup.find(try document.tenant(), in: Installation.tenants(db))
        return (tenant, try SettingsSave(global: global).checked(document.settings, tenant, db))
    }

    private func apply(
        _ document: SettingsDocument, _ transaction: Store.Transaction, _ groups: [ChosenGroup]?
    ) throws {
        var (tenant, new) = try settings(document, transaction.db)
        if let groups { new.select(groups) }
        for event in tenant.settings.changes(to: new, tenant: tenant.id) {
            try transaction.append(event, .tenant(tenant.id))
        }
    }

    private func refuseUnrecorded(
        _ document: SettingsDocument, _ tenant: Tenant, _ new: TenantSettings, _ known: Set<String>
    ) throws {
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
