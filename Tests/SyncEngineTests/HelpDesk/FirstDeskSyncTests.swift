import ContactSync
import Projections
import Simulators
import SyncEngine
import Testing

@Suite struct FirstDeskSyncTests {
    @Test func `250 new users are 250 contacts in three writes`() async throws {
        try await DeskScene.with(users: 250) { scene in
            let log = try await scene.sync()
            #expect(log.totals == SyncTotals(new: 250))
            #expect(scene.desk.contacts.count == 250)
            #expect(scene.requests("POST") == 3)
            try scene.expectEverybodyOnce()
            let marked = try scene.scene.home.contacts().filter(\.isFromEntra)
            #expect(marked.count == 250)
        }
    }

    @Test func `a sync without a change sends no write and a handful of events`() async throws {
        try await DeskScene.with(users: 60) { scene in
            try await scene.sync()
            scene.desk.forgetRequests()
            let types = try await scene.scene.home.types { _ = try await scene.sync() }
            #expect(scene.requests("POST") == 0)
            #expect(scene.requests("GET") == 1)
            #expect(types == ["requestsReserved", "syncStarted", "pageRead", "selectionRead", "syncCompleted"])
        }
    }

    /// Each style in which HappyFox may show what is chosen: whichever it is, what agents entered stays.
    @Test(arguments: HappyFoxChoiceStyle.allCases)
    func `a contact that was there is adopted and never reset`(style: HappyFoxChoiceStyle) async throws {
        try await DeskScene.with(users: 5, configure: { $0.behaviour.choiceStyle = style }) { scene in
            let user = scene.scene.simulator.directory[2]
            var existing = Simulators.HappyFoxContact(name: "Old Name", email: user.principalName.uppercased())
            existing.phones = [.init(type: "mo", number: "111"), .init(type: "h", number: "222")]
            existing.fields = [
                "Badge": "B-7", "Region": "APAC", "Languages": ["French", "German"], "Birthday": "1980-02-03",
                "Favourite colour": "#ff8800", "Employee number": "12.5",
            ]
            let id = try scene.desk.addContact(existing)
            let before = try #require(scene.desk.contact(id: id))
            let log = try await scene.sync()
            #expect(log.totals == SyncTotals(new: 4, existing: 1))
            let after = try #require(scene.desk.contact(id: id))
            #expect(after.name == user.displayName)
            #expect(after.phones.map(\.number) == [user.mobilePhone ?? "", "222"])
            #expect(after.phones.map(\.id) == before.phones.map(\.id))
            for field in before.fields.keys { #expect(after.fields[field] == before.fields[field], "\(field)") }
            #expect(after.fields["Department"]?.text == user.department)
            #expect(scene.desk.contacts.count == 5)
            try Laws.expectAll(scene.scene.home)
        }
    }

    @Test func `existing contacts are read fifty a page`() async throws {
        try await DeskScene.with(users: 3, configure: { $0.contacts = 120 }) { scene in
            try await scene.sync()
            #expect(scene.desk.requests.filter { $0.path.contains("users/?size=50") }.count == 3)
            #expect(try scene.scene.home.contacts().count >= 120)
        }
    }

    @Test func `who becomes a contact by a ticket meanwhile is adopted`() async throws {
        try await DeskScene.with(users: 4) { scene in
            try await scene.sync()
            try scene.scene.simulator.add(["displayName": "Newcomer", "userPrincipalName": "newcomer@contoso.example"])
            let newcomer = scene.scene.simulator.directory.count - 1
            try scene.scene.simulator.patch(userAt: newcomer, ["mobilePhone": "+1 5"])
            let id = try scene.desk.addContact(.init(name: "newcomer@", email: "Newcomer@contoso.example"))
            try scene.desk.editContact(id) { $0.fields["Badge"] = "B-1" }
            let log = try await scene.sync()
            #expect(log.totals == SyncTotals(existing: 5))
            let contact = try #require(scene.desk.contact(id: id))
            #expect(contact.name == "Newcomer" && contact.fields["Badge"] == "B-1" && contact.phones.count == 1)
            #expect(scene.desk.contacts.count == 5)
            try Laws.expectAll(scene.scene.home)
        }
    }
}
