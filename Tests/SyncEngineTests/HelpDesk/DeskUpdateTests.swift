import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

@Suite struct DeskUpdateTests {
    /// Both readings of what KB 1092 leaves open about `user/<id>/`.
    struct Reading: CustomTestStringConvertible {
        let resets: Bool
        let phones: HappyFoxSimulator.PhonesOnEdit
        var testDescription: String { "\(resets ? "resets" : "keeps"), phones \(phones)" }

        static let all = [false, true].flatMap { resets in
            HappyFoxSimulator.PhonesOnEdit.allCases.map { Reading(resets: resets, phones: $0) }
        }
    }

    @Test(arguments: Reading.all)
    func `a user who changes in everything keeps the contact, its id and what agents entered`(
        reading: Reading
    ) async throws {
        let configure = { (configuration: inout HappyFoxSimulator.Configuration) in
            configuration.behaviour.resetsFieldsOnEdit = reading.resets
            configuration.behaviour.phonesOnEdit = reading.phones
        }
        try await DeskScene.with(users: 6, configure: configure) { scene in
            try await scene.sync()
            let id = try #require(scene.contact(3)?.id)
            try scene.desk.editContact(id) { contact in
                contact.fields["Badge"] = "B-9"
                contact.fields["Languages"] = ["Japanese"]
                contact.phones.append(.init(type: "mo", number: "999"))
            }
            try scene.scene.simulator.patch(
                userAt: 3,
                [
                    "userPrincipalName": "moved@contoso.example", "displayName": "Moved Away", "mobilePhone": "+49 1",
                    "department": "Elsewhere",
                ])
            #expect(try await scene.sync().totals == SyncTotals(existing: 6))
            let contact = try #require(scene.desk.contact(id: id))
            #expect(contact.email == "moved@contoso.example" && contact.name == "Moved Away")
            #expect(contact.phones.map(\.number) == ["+49 1", "999"])
            #expect(contact.fields["Badge"] == "B-9" && contact.fields["Languages"] == ["Japanese"])
            #expect(contact.fields["Department"] == "Elsewhere")
            #expect(scene.desk.contacts.count == 6)
            try scene.expectEverybodyOnce()
        }
    }

    @Test func `with overwrite off a value that an agent entered since stays`() async throws {
        try await DeskScene.with(
            users: 4,
            settings: { settings in
                DeskScene.usual(&settings)
                settings.overwriteCustomFields = false
            }
        ) { scene in
            try scene.scene.simulator.patch(userAt: 1, ["department": nil])
            try await scene.sync()
            let id = try #require(scene.contact(1)?.id)
            try scene.desk.editContact(id) { $0.fields["Department"] = "By an agent" }
            try scene.scene.simulator.patch(userAt: 1, ["department": "By Entra", "displayName": "Another"])
            try await scene.sync()
            let contact = try #require(scene.desk.contact(id: id))
            #expect(contact.fields["Department"] == "By an agent" && contact.name == "Another")
            try Laws.expectAll(scene.scene.home)
        }
    }

    @Test func `a value that is empty now is emptied, and nothing else`() async throws {
        try await DeskScene.with(users: 3) { scene in
            try await scene.sync()
            let id = try #require(scene.contact(0)?.id)
            try scene.desk.editContact(id) { $0.fields["Badge"] = "B-1" }
            try scene.scene.simulator.patch(userAt: 0, ["department": nil])
            try await scene.sync()
            let contact = try #require(scene.desk.contact(id: id))
            #expect(contact.fields["Department"] == nil && contact.fields["Badge"] == "B-1")
            try Laws.expectAll(scene.scene.home)
        }
    }

    @Test func `a contact that an agent deleted is made again when its user changes`() async throws {
        try await DeskScene.with(users: 3) { scene in
            try await scene.sync()
            try scene.desk.removeContact(try #require(scene.contact(1)?.id))
            try scene.scene.rename(1, "Changed")
            let log = try await scene.sync()
            #expect(log.totals == SyncTotals(new: 1, existing: 2))
            try scene.expectEverybodyOnce()
        }
    }

    @Test func `a contact that an agent gave another address is given its user's again`() async throws {
        try await DeskScene.with(users: 3) { scene in
            try await scene.sync()
            let id = try #require(scene.contact(1)?.id)
            try scene.desk.editContact(id) { $0.email = "private@elsewhere.example" }
            try scene.scene.rename(1, "Changed")
            try await scene.sync()
            #expect(scene.desk.contact(id: id)?.email == scene.scene.simulator.directory[1].principalName)
            try scene.expectEverybodyOnce()
        }
    }

    @Test func `a mapping that changes everybody is written in full batches`() async throws {
        try await DeskScene.with(users: 230) { scene in
            try await scene.sync()
            scene.desk.forgetRequests()
            try scene.scene.save { $0.mapping.phones[.work] = "businessPhones[0]" }
            let log = try await scene.sync()
            #expect(log.totals.failed == 0)
            #expect(scene.requests("POST") == 3)
            // After as many single looks as the list costs, the list is read.
            #expect(scene.requests("GET") < 120)
            try scene.expectEverybodyOnce()
        }
    }

    @Test(arguments: 2...4, [true, false])
    func `users who swap addresses do so in one sync`(size: Int, isRefusedTwice: Bool) async throws {
        let configure = { (configuration: inout HappyFoxSimulator.Configuration) in
            configuration.behaviour.duplicateEmailStatus = isRefusedTwice ? 422 : nil
        }
        try await DeskScene.with(
            users: 9, configure: configure,
            settings: { settings in
                DeskScene.usual(&settings)
                settings.mapping.email = "mail"
            }
        ) { scene in
            try await scene.sync()
            let members = (0..<size).map { $0 * 2 + 1 }
            let mails = members.map { scene.scene.mail($0) }
            let ids = mails.map { scene.desk.contact(email: $0)?.id }
            for (index, member) in members.enumerated() {
                try scene.scene.setMail(member, mails[(index + 1) % size])
            }
            #expect(try await scene.sync().totals == SyncTotals(existing: 9))
            for index in 0..<size { #expect(scene.desk.contact(email: mails[(index + 1) % size])?.id == ids[index]) }
            #expect(scene.desk.contacts.count == 9)
            try Laws.expectAll(scene.scene.home)
        }
    }

    @Test func `two who want one address at once are told of each other, and the later one waits`() async throws {
        try await DeskScene.with(
            users: 6,
            settings: { settings in
                DeskScene.usual(&settings)
                settings.mapping.email = "mail"
            }
        ) { scene in
            try scene.scene.setMail(4, scene.scene.mail(1))
            let log = try await scene.sync()
            #expect(log.totals == SyncTotals(new: 5, failed: 1))
            try Laws.expectAll(scene.scene.home)
            // The first one moves, and the address is free at once.
            try scene.scene.setMail(1, "first@contoso.example")
            #expect(try await scene.sync().totals == SyncTotals(new: 1, existing: 5))
            try Laws.expectAll(scene.scene.home)
        }
    }
}
