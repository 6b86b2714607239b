import ContactSync
import GRDB
import Journal
import Projections
import Simulators
import Synchronization
import Testing

/// Settings of any moment, put together backwards, are those that folding forwards comes to.
@Suite struct PastSettingsTests {
    @Test(arguments: 401...406)
    func `rewinding agrees with folding at every position`(seed: Int) async throws {
        var dice = SeededGenerator(seed: UInt64(seed))
        try await Scene.with(users: 3, fields: [.init(name: "Unit", type: .text)]) { scene in
            for _ in 0..<12 { try change(scene, &dice) }
            try await scene.sync()
            for _ in 0..<6 { try change(scene, &dice) }
            let models = try scene.home.models()
            try models.read { db in
                try models.journal.read { journal in
                    let projector = try Projector(db)
                    let tenant = try #require(try Installation.tenants(db).first)
                    let last = try JournalReader.lastPosition(journal).rawValue
                    try Scratch.with { fold in
                        for position in 1...last {
                            let at = Position(rawValue: position)
                            try fold.apply(try #require(try JournalReader.event(journal, at: at)), journal: journal)
                            guard let then = try Installation.tenants(fold.db).first else { continue }
                            let past = try PastSettings(of: tenant, at: at, projector, journal: journal)
                            #expect(past.settings.deciding == then.settings.deciding, "at \(position)")
                            let fields = try Installation.fields(fold.db)
                            #expect(Set(past.fields.map(\.words)) == Set(fields.map(\.words)), "at \(position)")
                        }
                    }
                }
            }
        }
    }

    @Test func `an edit is found without a walk through the pages that were ever read`() async throws {
        try await Scene.with(users: 3) { scene in
            try await scene.sync()
            let pages = (1...3500).map {
                Event.pageRead(.init(tenant: scene.tenant, page: $0, objects: 3, requestID: nil))
            }
            try scene.act(sync: 2) { transaction in
                for page in pages { try transaction.append(page, .tenant(scene.tenant)) }
            }
            try scene.save { $0.overwriteCustomFields.toggle() }
            let models = try scene.home.models()
            let read = Counter()
            try models.read { db in
                try models.journal.read { journal in
                    journal.trace(options: .statement) { if "\($0)".contains("FROM events") { read.add() } }
                    let facts = try #require(try RecordFacts.find(scene.id(1), db, journal: journal).first)
                    #expect(facts.past.changes.map(\.type) == ["overwriteChanged"] && facts.read?.extent == .full)
                    let changes = try TenantHistory.changes(of: scene.tenant, db, journal: journal)
                    #expect(changes.last?.record.type == "overwriteChanged")
                    journal.trace(options: [])
                }
            }
            #expect((3..<30).contains(read.count))
        }
    }

    private func change(_ scene: Scene, _ dice: inout SeededGenerator) throws {
        let number = Int.random(in: 0..<9, using: &dice)
        switch number {
        case 0: try scene.save { $0.mapping.email = $0.mapping.email == "mail" ? "userPrincipalName" : "mail" }
        case 1:
            try scene.save { $0.mapping.customFields = $0.mapping.customFields.isEmpty ? ["Unit": "department"] : [:] }
        case 2: try scene.save { $0.overwriteCustomFields.toggle() }
        case 3: try scene.save { $0.include.guests.toggle() }
        case 4: try scene.save { $0.users = .all }
        case 5: try scene.act { try $0.append(.tenantDeleted(.init(tenant: scene.tenant)), .tenant(scene.tenant)) }
        case 6: try field(scene, .fieldDefined(.init(name: "Badge", type: .number)), "Badge")
        case 7: try field(scene, .fieldRemoved(.init(name: "Badge")), "Badge")
        default: try field(scene, .fieldChanged(.init(name: "Unit", type: .text, isRequired: dice.happens(50))), "Unit")
        }
        if number == 5 {
            try scene.authorize(at: scene.simulator.baseURL)
            try scene.save { $0.contactSync = true }
        }
    }

    private func field(_ scene: Scene, _ event: Event, _ name: String) throws {
        try scene.act { _ = try $0.append(event, .field(name)) }
    }
}

private final class Counter: Sendable {
    private let number = Mutex(0)
    func add() { number.withLock { $0 += 1 } }
    var count: Int { number.withLock { $0 } }
}

extension TenantSettings {
    /// As far as they decide a record.
    fileprivate var deciding: TenantSettings {
        TenantSettings(mapping: mapping, users: users, include: include, overwriteCustomFields: overwriteCustomFields)
    }
}

extension FieldDefinition {
    /// In whatever order they are told.
    fileprivate var words: String { "\(name) \(type.rawValue) \(isRequired)" }
}
