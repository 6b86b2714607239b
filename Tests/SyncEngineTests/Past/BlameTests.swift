import ContactSync
import GRDB
import Journal
import Projections
import Simulators
import SyncEngine
import Testing

/// Each field of a contact names the event that made it so.
@Suite struct BlameTests {
    @Test(arguments: 201...208)
    func `blame is what a walk over the whole journal finds`(seed: Int) async throws {
        var turmoil = Turmoil(seed: UInt64(seed), collides: true)
        try await Scene.with(
            users: 24, seed: UInt64(seed), pageSize: 8, fields: [FieldDefinition(name: "Department", type: .text)],
            settings: { $0.mapping.customFields = ["Department": "department"] }
        ) { scene in
            for round in 0..<5 {
                if turmoil.dice.happens(40) {
                    try scene.save { $0.mapping.email = turmoil.dice.happens(50) ? "mail" : "userPrincipalName" }
                }
                if round == 2 { try scene.save { $0.mapping.phones = [.mobile: "mobilePhone"] } }
                try await scene.sync()
                try expectBlame(scene.home)
                try turmoil.edit(scene.simulator, times: 25)
                if let mail = scene.simulator.anybody(using: &turmoil.dice)?.mail { try addByHand(mail, scene) }
            }
            try await scene.sync()
            try expectBlame(scene.home)
            // As of every moment, too.
            for position in stride(from: 10, to: try scene.home.position(), by: 60) {
                try expectBlame(scene.home, at: "\(position)")
            }
        }
    }

    @Test func `a contact that another user took over names both`() async throws {
        try await Scene.with(users: 6) { scene in
            try scene.save { $0.mapping.phones = [.mobile: "mobilePhone"] }
            try await scene.sync()
            let former = scene.simulator.directory[2]
            try scene.simulator.remove(former.id, permanently: true)
            try await scene.sync()
            try scene.simulator.add([
                "displayName": "The Heir", "userPrincipalName": .string(former.principalName),
                "mobilePhone": .string(former.mobilePhone ?? ""),
            ])
            try await scene.sync()
            let contact = try #require(try scene.home.contacts().first { $0.contact.name == "The Heir" }).contact
            let users = try blame(contact, scene.home).map { $0.user?.objectID == former.id }
            #expect(users == [true, false, true])
        }
    }

    @Test func `what an agent enters in HappyFox was read there`() async throws {
        try await DeskScene.with(users: 4) { scene in
            try await scene.sync()
            let id = try #require(scene.contact(1)?.id)
            try scene.desk.editContact(id) { $0.fields["Badge"] = "B-7" }
            try scene.scene.rename(1, "Renamed")
            try await scene.sync()
            let home = scene.scene.home
            let contact = try #require(try home.contacts().first { $0.contact.name == "Renamed" }).contact
            let types = Dictionary(
                uniqueKeysWithValues: try blame(contact, home).map { ($0.field.text, $0.event?.type ?? "") })
            #expect(types["customFields.Badge"] == "contactRead")
            #expect(types["name"] == "contactUpdated")
            #expect(types["email"] == "contactCreated")
            try expectBlame(home)
        }
    }

    @Test func `blame ends where the contacts came to live there`() async throws {
        try await DeskScene.with(users: 4) { scene in
            try await scene.sync()
            let home = scene.scene.home
            let happyFox = try home.models().read { try HelpDeskState.fetch($0).desk }
            for desk in [HelpDesk.embedded, happyFox] {
                try scene.scene.act { transaction in
                    try transaction.append(.helpDeskChanged(.init(helpDesk: desk, relinks: true)), .helpDesk)
                }
            }
            let moved = try home.position()
            try await scene.sync()
            for contact in try home.contacts().map(\.contact) {
                let fields = try blame(contact, home)
                #expect(
                    fields.allSatisfy { $0.event?.type == "contactRead" && ($0.event?.position.rawValue ?? 0) > moved })
            }
        }
    }

    @Test func `an emptied field tells who emptied it`() async throws {
        try await Scene.with(
            users: 3, fields: [FieldDefinition(name: "Department", type: .text)],
            settings: { $0.mapping.customFields = ["Department": "department"] }
        ) { scene in
            try scene.simulator.patch(userAt: 0, ["department": "Sales"])
            try await scene.sync()
            try scene.simulator.patch(userAt: 0, ["department": nil])
            try await scene.sync()
            let contact = try #require(try scene.contact(0))
            let field = try #require(try blame(contact, scene.home).last)
            #expect(field.field == .custom("Department") && field.value == nil)
            #expect(field.event?.type == "contactUpdated" && field.event?.sync == 2)
        }
    }

    private func addByHand(_ mail: String, _ scene: Scene) throws {
        try scene.act { transaction in
            guard try transaction.projector.contacts.row(email: mail) == nil else { return }
            let contact = Contact(id: try transaction.projector.contacts.nextID(), email: mail, name: "By Hand")
            try transaction.append(.contactAdded(.init(contact: contact)), .contact(contact.id))
        }
    }

    private func blame(_ contact: Contact, _ home: TemporaryHome) throws -> [BlamedField] {
        let models = try home.models()
        return try models.read { db in try models.journal.read { try Blame.fields(of: contact, db, journal: $0) } }
    }

    /// Every contact's fields hold what they hold since the events that a fold of all events finds.
    private func expectBlame(_ home: TemporaryHome, at text: String? = nil) throws {
        let models = try text.map { try Past.models(home, $0) } ?? home.models()
        let end = models.moment?.position.rawValue ?? .max
        let sources = try WholeBlame(home.events().filter { $0.position.rawValue <= end })
        try models.read { db in
            var count = 0
            try Contacts.each(db) { listed in
                count += 1
                let fields = try models.journal.read { try Blame.fields(of: listed.contact, db, journal: $0) }
                let known = sources.positions[listed.contact.id] ?? [:]
                // A contact that lost its address to another names nobody for that.
                for field in fields where field.value != .text("") {
                    #expect(
                        field.event?.position == known[field.field],
                        "\(field.field.text) of contact \(listed.contact.id) at \(text ?? "the end")")
                }
                #expect(fields.count == known.count)
            }
            #expect(count > 0 || text != nil)
        }
    }
}

/// Since which event each field of each contact is as it is, by a look at every event.
private struct WholeBlame {
    private(set) var positions: [ContactID: [ContactField: Position]] = [:]
    private var contacts: [ContactID: Contact] = [:]

    init(_ records: [RecordedEvent]) throws {
        for record in records {
            switch try record.event() {
            case .contactCreated(let created)?: take(created.contact, record)
            case .contactAdded(let added)?: take(added.contact, record)
            case .contactRead(let read)?: take(read.contact, record)
            case .contactUpdated(let updated)?:
                for change in updated.changes {
                    positions[updated.contact, default: [:]][change.field] = record.position
                }
                for change in updated.changes { contacts[updated.contact]?.apply(change) }
            default: break
            }
        }
    }

    private mutating func take(_ contact: Contact, _ record: RecordedEvent) {
        let before = contacts[contact.id]
        contacts[contact.id] = contact
        func set(_ field: ContactField, _ old: FieldValue?, _ new: FieldValue?) {
            if old != new { positions[contact.id, default: [:]][field] = record.position }
        }
        set(.email, before.map { .text($0.email) }, .text(contact.email))
        set(.name, before.map { .text($0.name) }, .text(contact.name))
        for type in PhoneType.allCases {
            set(.phone(type), before?.phones[type].map { .text($0) }, contact.phones[type].map { .text($0) })
        }
        for name in Set(contact.customFields.keys).union(before?.customFields.keys ?? [:].keys) {
            set(.custom(name), before?.customFields[name], contact.customFields[name])
        }
    }
}
