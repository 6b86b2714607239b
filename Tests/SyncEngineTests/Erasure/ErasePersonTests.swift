import ContactSync
import Foundation
import GRDB
import Journal
import Projections
import Simulators
import SyncEngine
import Testing

@Suite struct ErasePersonTests {
    private func words(_ user: DirectoryUser) -> [String] {
        [user.principalName, user.displayName, user.mobilePhone].compactMap { $0 }
    }

    @Test func `leaves no byte of name, address or phone in any file`() async throws {
        try await Scene.with(
            users: 600, pageSize: 50, settings: { $0.mapping.phones = [.mobile: "mobilePhone"] }
        ) { scene in
            try scene.rename(7, "Zoë Quux-Élodie")
            try scene.simulator.patch(userAt: 7, ["mobilePhone": "+49 9999 12345"])
            try await scene.sync()
            try scene.rename(7, "Zora Quux")
            try await scene.sync()
            let user = scene.simulator.directory[7]
            let words = words(user) + ["Zoë Quux-Élodie", "Quux", "99 12345"]
            for word in words.dropLast(2) { #expect(try scene.home.files(holding: word) != [], "\(word)") }
            let erased = try scene.erase(user.principalName.uppercased())
            #expect(erased.map(\.events) == [4] && erased.map(\.contacts.count) == [1])
            for word in words { #expect(try scene.home.files(holding: word) == [], "\(word)") }
            #expect(!FileManager.default.fileExists(atPath: scene.home.path + "/erasure.unfinished"))
            #expect(try scene.home.contacts().count == 599)
            #expect(try scene.home.report().count == 599)
            try Laws.expectAll(scene.home)
            #expect(try scene.home.replay().map(\.erased).reduce(0, +) == 2)
        }
    }

    @Test func `who comes back is new`() async throws {
        try await Scene.with(users: 12) { scene in
            try await scene.sync()
            let before = try #require(try scene.contact(3)).id
            try scene.erase(scene.id(3))
            #expect(try scene.contact(3) == nil)
            let log = try await scene.sync()
            #expect(log.totals == .init(new: 1, existing: 11))
            #expect(try #require(try scene.contact(3)).id != before)
            let events = try scene.home.events().filter { $0.subject == "user:\(scene.tenant)/\(scene.id(3))" }
            #expect(events.map(\.isErased) == [true, true, false, false, false])
            #expect(events[3].type == "userFetched" && events[3].previous == nil)
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
            // And once more.
            try scene.erase(scene.id(3))
            #expect(try scene.contact(3) == nil)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `who took over the contact keeps it, without what it held before`() async throws {
        try await Scene.with(users: 12) { scene in
            try scene.rename(4, "Quentin Quux")
            try await scene.sync()
            let former = scene.simulator.directory[4]
            try scene.simulator.remove(former.id)
            try scene.simulator.add([
                "displayName": "Rosa Next", "userPrincipalName": .string(former.principalName),
                "mail": .string(former.principalName), "mobilePhone": "+3 1", "businessPhones": ["+4 1"],
            ])
            try await scene.sync()
            #expect(try scene.home.models().read { try Person.find(former.principalName, $0) }.count == 2)
            let erased = try scene.erase(former.id)
            #expect(erased.flatMap(\.contacts) == [] && erased.flatMap(\.kept).count == 1)
            #expect(try scene.home.files(holding: "Quux") == [])
            let contact = try #require(try scene.home.contacts().first { $0.contact.name == "Rosa Next" })
            #expect(contact.contact.email == former.principalName && contact.isFromEntra)
            try Laws.expectAll(scene.home)
            #expect(try await scene.sync().totals == .init(existing: 12))
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `whoever failed because of the person is decided again`() async throws {
        try await Scene.with(users: 12, settings: { $0.mapping.email = "mail" }) { scene in
            try scene.setMail(9, scene.mail(2))
            #expect(try await scene.sync().totals == .init(new: 11, failed: 1))
            let holder = try #require(try scene.contact(2) == nil ? 9 : 2)
            try scene.simulator.remove(scene.id(holder))
            try scene.erase(scene.id(holder))
            try Laws.expectAll(scene.home)
            #expect(try await scene.sync().totals.failed == 0)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `an interrupted erasure is finished by whoever opens the home next`() async throws {
        try await Scene.with(users: 40) { scene in
            try scene.rename(7, "Zora Quux")
            try await scene.sync()
            let reader = try scene.home.models()
            try reader.journal.inDatabase { db in
                try db.execute(sql: "BEGIN")
                _ = try JournalReader.lastPosition(db)
                let unfinished = JournalError.erasureUnfinished(
                    cause: "another process reads the journal", isBusy: true)
                #expect(throws: unfinished) { try scene.erase(scene.id(7)) }
                #expect(try scene.home.files(holding: "Quux") != [])
                try db.execute(sql: "COMMIT")
            }
            _ = try Store(home: scene.home.path)
            #expect(try scene.home.files(holding: "Quux") == [])
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `a contact made by hand and an agent who left are people too`() async throws {
        try await Scene.with(users: 3) { scene in
            try scene.act { transaction in
                let contact = Contact(
                    id: try transaction.projector.contacts.nextID(), email: "zora@acme.example", name: "Zora Quux")
                try transaction.append(.contactAdded(.init(contact: contact)), .contact(contact.id))
                let agent = AgentAdded(agent: 1, email: "quin@acme.example", name: "Quin Quux", role: .admin)
                try transaction.append(.agentAdded(agent), .agent(1))
                try transaction.append(.agentRemoved(.init(agent: 1)), .agent(1))
            }
            try scene.erase("zora@acme.example")
            try scene.erase("quin@acme.example")
            for word in ["zora@", "quin@", "Quux"] { #expect(try scene.home.files(holding: word) == [], "\(word)") }
            #expect(try scene.home.contacts().isEmpty)
            try await scene.sync()
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `who got notices is found by the address, and whoever gets them now stays`() async throws {
        try await Scene.with(users: 3) { scene in
            try scene.act { transaction in
                var recipients = NoticeRecipients.none
                for emails in [
                    ["ops@acme.example", "quin@acme.example"], ["ops@acme.example", "oona@acme.example"], [],
                ] {
                    recipients = recipients.changed(
                        admins: false, emails: emails + ["stay@acme.example"],
                        last: try Notices.lastAddress(transaction.db))
                    try transaction.append(.noticeRecipientsChanged(.init(recipients: recipients)), .notices)
                }
                let agent = AgentAdded(agent: 1, email: "Quin@acme.example", name: "Quin Quux", role: .admin)
                try transaction.append(.agentAdded(agent), .agent(1))
                try transaction.append(.agentRemoved(.init(agent: 1)), .agent(1))
            }
            try scene.erase("agent:1")
            #expect(try scene.home.files(holding: "quin@") == [])
            #expect(try scene.erase("oona@acme.example").map(\.person.subject.text) == ["address:4"])
            #expect(try scene.home.files(holding: "oona@") == [])
            #expect(try scene.erase("stay@acme.example").isEmpty)
            let stay = try scene.home.models().read { try Notices.recipients($0) }.addresses
            #expect(stay == [.init(number: 3, email: "stay@acme.example")])
            #expect(try scene.home.models().read { try Notices.lastAddress($0) } == 4)
            try await scene.sync()
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `an address that the person gave up can be another's before and after`() async throws {
        try await Scene.with(users: 12) { scene in
            try await scene.sync()
            let former = scene.simulator.directory[4]
            // Somebody takes over the contact and is renamed; the address comes to a third one.
            try scene.simulator.remove(former.id)
            try add("Rosa Next", former.principalName, scene)
            try await scene.sync()
            let rosa = try #require(scene.simulator.present.first { $0.displayName == "Rosa Next" })
            try scene.simulator.patch(id: rosa.id, ["userPrincipalName": "rosa.next@contoso.example"])
            try await scene.sync()
            try add("Third One", former.principalName, scene)
            try await scene.sync()
            try scene.erase(rosa.id)
            for word in ["Rosa", "rosa.next"] { #expect(try scene.home.files(holding: word) == [], "\(word)") }
            #expect(try scene.home.contacts().contains { $0.contact.name == "Third One" })
            try Laws.expectAll(scene.home)
            try await scene.sync()
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `what a taken over contact held before anybody wrote to it goes too`() async throws {
        try await Scene.with(users: 6) { scene in
            let user = scene.simulator.directory[2]
            try scene.act { transaction in
                let contact = Contact(
                    id: try transaction.projector.contacts.nextID(), email: user.principalName, name: user.displayName,
                    phones: [.home: "+49 777 1234"])
                try transaction.append(.contactAdded(.init(contact: contact)), .contact(contact.id))
            }
            try await scene.sync()
            try scene.simulator.remove(user.id)
            try add("Rosa Next", user.principalName, scene)
            try await scene.sync()
            try scene.erase(user.id)
            #expect(try scene.home.files(holding: user.displayName) == [])
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `the number of an erased contact is not given again`() async throws {
        try await Scene.with(users: 6) { scene in
            try await scene.sync()
            let last = try #require(try scene.home.contacts().last)
            let user = try #require(last.user)
            try scene.simulator.remove(user.objectID)
            try scene.erase(user.objectID)
            try add("Rosa Next", "rosa@contoso.example", scene)
            try await scene.sync()
            #expect(try #require(try scene.home.contacts().last).contact.id.rawValue == last.contact.id.rawValue + 1)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `who had the address before is found by it, and so is who wants it`() async throws {
        try await Scene.with(users: 6, settings: { $0.mapping.email = "mail" }) { scene in
            try scene.setMail(4, scene.mail(1))
            try await scene.sync()
            let found = try scene.home.models().read { try Person.find(scene.mail(1), $0) }
            #expect(found.count == 2)
            try scene.simulator.remove(scene.id(1))
            try scene.simulator.remove(scene.id(4))
            try await scene.sync()
            #expect(try scene.home.models().read { try Person.find(scene.mail(1), $0) }.count == 2)
        }
    }

    private func add(_ name: String, _ address: String, _ scene: Scene) throws {
        try scene.simulator.add([
            "displayName": .string(name), "userPrincipalName": .string(address), "mail": .string(address),
            "mobilePhone": "+3 1", "businessPhones": ["+4 1"],
        ])
    }

    @Test func `in another help desk the contact is not touched, and comes to be known again only by a reading`()
        async throws
    {
        try await DeskScene.with(users: 30) { desk in
            let scene = desk.scene
            try scene.rename(7, "Zora Quux")
            try await desk.sync()
            let user = scene.simulator.directory[7]
            try scene.simulator.remove(user.id)
            try await desk.sync()
            try scene.erase(user.id)
            for word in ["Quux", user.principalName, user.mobilePhone ?? ""] {
                #expect(try scene.home.files(holding: word) == [], "\(word)")
            }
            #expect(desk.desk.contact(email: user.principalName)?.name == "Zora Quux")
            try Laws.expectAll(scene.home)
            #expect(try await desk.sync().totals == .init(existing: 29))
            #expect(try scene.home.files(holding: "Quux") == [])
            try Laws.expectAll(scene.home)
        }
    }
}
