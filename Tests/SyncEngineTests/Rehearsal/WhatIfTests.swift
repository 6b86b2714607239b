import ContactSync
import GRDB
import Journal
import Projections
import Simulators
import SyncEngine
import Testing

/// A mapping that is tried shows exactly the rows that the next sync then changes.
@Suite struct WhatIfTests {
    @Test(arguments: 1...12)
    func `what is tried on what holds now is what the next sync does`(seed: Int) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: seed > 8)
        var rules = Rulebook()
        (rules.mapsWork, rules.mapsBadge) = (turmoil.dice.happens(50), turmoil.dice.happens(50))
        let email: PropertyPath = seed > 8 ? "mail" : "userPrincipalName"
        try await Scene.with(
            users: turmoil.number(20..<60), seed: UInt64(seed), pageSize: 20, fields: rules.fields,
            settings: {
                rules.write(to: &$0)
                $0.mapping.email = email
            }
        ) { scene in
            try await scene.sync()
            for round in 0..<3 {
                try turmoil.edit(scene.simulator, times: turmoil.number(0..<30))
                try await scene.sync()
                edit(&rules, &turmoil)
                let before = try scene.home.bytes()
                let rehearsal = try Rehearsal(scene.home.models())
                try scene.whatIf(rehearsal) { rules.write(to: &$0) }
                #expect(try scene.home.bytes() == before)
                try scene.save { rules.write(to: &$0) }
                let position = try scene.home.position()
                let log = try await scene.sync()
                #expect(try rehearsal.decided() == scene.home.decided(after: position), "round \(round)")
                #expect(try rehearsal.contacts() == scene.home.contacts().map(\.contact))
                let totals = try rehearsal.eachDifference { _ in }
                #expect(totals.unchanged + totals.changed == log.totals.synced + log.totals.failed)
            }
        }
    }

    @Test(arguments: 1...6)
    func `so it is where contacts live elsewhere and nobody has touched them`(seed: Int) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: false)
        try await DeskScene.with(
            users: 25, seed: UInt64(seed), pageSize: 10,
            settings: {
                DeskScene.usual(&$0)
                $0.mapping.phones[.work] = "businessPhones[0]"
            }
        ) { scene in
            for round in 0..<3 {
                try await scene.sync()
                let edit: (inout TenantSettings) -> Void = { settings in
                    switch round {
                    case 0: settings.mapping.phones[.work] = nil
                    case 1: settings.mapping.customFields["Department"] = "displayName"
                    default: settings.mapping.name = "userPrincipalName"
                    }
                }
                scene.desk.forgetRequests()
                let rehearsal = try Rehearsal(scene.scene.home.models())
                try scene.scene.whatIf(rehearsal, edit)
                #expect(scene.desk.requests.isEmpty)
                try scene.scene.save(edit)
                let position = try scene.scene.home.position()
                try await scene.sync()
                #expect(try rehearsal.decided() == scene.scene.home.decided(after: position), "round \(round)")
                try turmoil.edit(scene.scene.simulator, times: turmoil.number(0..<15))
            }
        }
    }

    /// With the settings that it had, a sync's inputs lead to what it did.
    @Test(arguments: 1...8)
    func `a sync that is tried with its own settings comes out as it did`(seed: Int) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: seed > 4)
        let rules = Rulebook()
        try await Scene.with(
            users: 30, seed: UInt64(seed), pageSize: 10, fields: rules.fields, settings: { rules.write(to: &$0) }
        ) { scene in
            for _ in 0..<3 {
                let position = try scene.home.position()
                let log = try await scene.sync()
                let rehearsal = try scene.again(log.sync) { _ in }
                #expect(try rehearsal.decided() == scene.home.decided(after: position))
                #expect(try rehearsal.contacts() == scene.home.contacts().map(\.contact))
                if turmoil.dice.happens(50) { try scene.save { $0.mapping.phones[.work] = "businessPhones[0]" } }
                try turmoil.edit(scene.simulator, times: turmoil.number(0..<30))
            }
        }
    }

    @Test func `a sync of long ago is tried with other settings on what it was told then`() async throws {
        try await Scene.with(users: 5, settings: { $0.mapping.phones = [.mobile: "mobilePhone"] }) { scene in
            try scene.simulator.patch(userAt: 1, ["mobilePhone": nil])
            try await scene.sync()
            try scene.simulator.patch(userAt: 1, ["mobilePhone": "+1 5"])
            try await scene.sync()
            let rehearsal = try scene.again(1) { $0.mapping.phones = [:] }
            let differences = try rehearsal.differences()
            #expect(differences.map(\.kind) == Array(repeating: .create, count: 5))
            #expect(differences.allSatisfy { $0.changes.map(\.field) == [.email, .name] })
            let healed = try scene.again(2) { $0.mapping.phones = [:] }.differences()
            #expect(healed.map(\.kind) == [.heal])
            #expect(healed.first?.user.objectID == scene.id(1))
        }
    }

    @Test func `who would no longer be selected leaves and keeps the contact`() async throws {
        try await Scene.with(users: 5) { scene in
            try scene.simulator.patch(userAt: 2, ["accountEnabled": false])
            try await scene.sync()
            let rehearsal = try Rehearsal(scene.home.models())
            try scene.whatIf(rehearsal) { $0.include = Inclusion(guests: true, disabled: false) }
            let totals = try rehearsal.eachDifference { _ in }
            #expect(totals.leaving == 1 && totals.unchanged == 4 && totals.changed == 0)
            #expect(try rehearsal.contacts().count == 5)
        }
    }

    private func edit(_ rules: inout Rulebook, _ turmoil: inout Turmoil) {
        switch turmoil.number(0..<7) {
        case 0: rules.mapsMobile = false
        case 1: rules.mapsWork = false
        case 2: rules.mapsDepartment = false
        case 3: rules.mapsBadge = false
        case 4: rules.hasGuests = false
        case 5: rules.hasDisabled = false
        default: rules.overwrites.toggle()
        }
    }
}

extension Scene {
    /// Tries an edit of the settings on what holds now.
    @discardableResult
    func whatIf(_ rehearsal: Rehearsal, _ edit: (inout TenantSettings) -> Void) throws -> SyncLog {
        try WhatIf(rehearsal, at: clock.time).next { try change($0, edit) }
    }

    /// Tries an edit of the settings on what a sync was told.
    func again(_ sync: Int64, _ edit: (inout TenantSettings) -> Void) throws -> Rehearsal {
        let journal = try home.models().journal
        let recorded = try #require(try journal.read { try RecordedSync($0, sync) })
        let rehearsal = try Rehearsal(journal: journal, at: Position(rawValue: recorded.started.rawValue - 1))
        _ = try WhatIf(rehearsal, at: recorded.time).again { try change($0, edit) }
        return rehearsal
    }

    private func change(_ transaction: Store.Transaction, _ edit: (inout TenantSettings) -> Void) throws {
        for tenant in try Installation.tenants(transaction.db) {
            var new = tenant.settings
            edit(&new)
            for event in tenant.settings.changes(to: new, tenant: tenant.id) {
                try transaction.append(event, .tenant(tenant.id))
            }
        }
    }
}
