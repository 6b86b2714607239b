import ContactSync
import Mail
import Projections
import Simulators
import SyncEngine
import Testing

/// What surrounds an approval.
@Suite struct ApprovalSurroundingsTests {
    @Test func `an edit holds only those whom it concerns`() async throws {
        let field = FieldDefinition(name: "Department", type: .text)
        try await Scene.with(users: 80, fields: [field], settings: { $0.guardLimits.updates = 20 }) { scene in
            for index in 0..<80 {
                try scene.simulator.patch(userAt: index, ["department": index < 60 ? "Sales" : nil])
            }
            try await scene.sync()
            try scene.save { $0.mapping.customFields = ["Department": "department"] }
            let log = try await scene.sync()
            #expect(log.totals == .init(existing: 20, failed: 60, held: 60))
            let types = try await scene.home.types { try await scene.sync() }
            #expect(types == ["syncStarted", "pageRead", "selectionRead", "tenantHeld", "syncFailed"])
            #expect(try await scene.approve().totals == .init(existing: 80))
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `wherever the program is killed, nothing slips past the guard, and the end is the same`() async throws {
        try await Scene.with(users: 60, settings: { $0.guardLimits.updates = 50 }) { scene in
            try await scene.sync()
            try scene.rename(0..<55, "Renamed")
            let begin = try scene.home.position()
            try await scene.sync()
            try await scene.approve(only: [scene.id(3)])
            let whole = try scene.home.position()
            try await scene.approve()
            let expected = try scene.home.contacts().map(\.contact)
            for size in try scene.home.heads().filter({ $0 >= begin }) {
                let home = try scene.home.prefix(size: size)
                let store = try Store(home: home.path)
                let log = try await scene.sync(store: store)
                let renamed = try home.contacts().count { $0.contact.name.hasPrefix("Renamed") }
                #expect(log.status == .completed ? renamed == 55 : renamed < 2, "cut behind \(size)")
                #expect(size > whole || log.totals.held == 55 - renamed, "cut behind \(size)")
                if log.totals.held != nil { try await scene.approve(store: store) }
                #expect(try home.contacts().map(\.contact) == expected, "cut behind \(size)")
                try Laws.expectAll(home)
            }
        }
    }

    @Test func `contacts that are let through get their account e-mail, once`() async throws {
        try await MailScene.with(users: 60) { mail in
            try mail.scene.guardBy(creates: 10)
            try await mail.sync()
            for number in 0..<50 { try mail.scene.add(number) }
            try await mail.sync()
            #expect(mail.recipients.count == 60)
            try await mail.scene.approve(
                mailing: Mailing(connect: { SMTPSender($0, password: nil) }, progress: { _ in }))
            #expect(mail.recipients.count == 110)
            #expect(try mail.recipients == mail.everybody())
            try await mail.sync()
            #expect(mail.recipients.count == 110)
        }
    }
}
