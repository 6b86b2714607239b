import ContactSync
import Journal
import Projections
import Simulators
import SyncEngine
import Testing

/// A replay that could not disagree would prove nothing.
@Suite struct ReplayDifferenceTests {
    /// A sync by hand, in which somebody else decided: one user, and a contact for that user.
    private func record(_ contact: Contact?, in scene: Scene) throws -> Subject {
        let user = try UserObject(Array(#"{"id":"u1","displayName":"Ann","userPrincipalName":"ann@a.example"}"#.utf8))
        let subject = Subject.user(UserKey(tenant: scene.tenant, objectID: "u1"))
        try scene.act(sync: 1) { transaction in
            try transaction.append(
                .syncStarted(.init(trigger: .manual, engine: Syncer.engineVersion, tenants: [scene.tenant])), nil)
            try transaction.append(.userFetched(user), subject)
            if let contact { try transaction.append(.contactCreated(.init(contact: contact)), subject) }
            try transaction.append(.syncCompleted(.init(totals: Laws.totals(transaction.db))), nil)
        }
        return subject
    }

    private func verdict(_ scene: Scene) throws -> ReplayVerdict { try #require(try scene.home.replay().last) }

    @Test func `the decision that the rules give is the same`() async throws {
        try await Scene.with { scene in
            _ = try record(Contact(id: .init(rawValue: 1), email: "ann@a.example", name: "Ann"), in: scene)
            let verdict = try verdict(scene)
            #expect(verdict.same == 1 && verdict.different == 0)
        }
    }

    @Test func `another name is a difference`() async throws {
        try await Scene.with { scene in
            let subject = try record(Contact(id: .init(rawValue: 1), email: "ann@a.example", name: "Eve"), in: scene)
            let verdict = try verdict(scene)
            #expect(verdict.different > 0)
            let first = try #require(verdict.differences.first)
            #expect(first.subject == subject.text)
            #expect(first.recorded.contains("Eve") && first.decided.contains("Ann"))
        }
    }

    @Test func `a decision that was left out is a difference`() async throws {
        try await Scene.with { scene in
            let subject = try record(nil, in: scene)
            let verdict = try verdict(scene)
            #expect(verdict.different > 0)
            #expect(verdict.differences.first?.subject == subject.text)
            #expect(verdict.differences.first?.recorded == "nothing")
        }
    }

    /// Whoever failed for another's address gets it when the other leaves: in the same sync, behind the pages.
    @Test func `a second look that was left out is a difference`() async throws {
        try await Scene.with { scene in
            let users = try ["u1", "u2"].map { id in
                try UserObject(Array(#"{"id":"\#(id)","displayName":"A","userPrincipalName":"ann@a.example"}"#.utf8))
            }
            let keys = ["u1", "u2"].map { UserKey(tenant: scene.tenant, objectID: $0) }
            let contact = Contact(id: .init(rawValue: 1), email: "ann@a.example", name: "A")
            let failed = ContactFailed(contact: nil, email: "ann@a.example", reasons: [.sameEmail(as: keys[0])])
            try scene.act(sync: 1) { transaction in
                try transaction.append(
                    .syncStarted(.init(trigger: .manual, engine: Syncer.engineVersion, tenants: [scene.tenant])), nil)
                try transaction.append(.userFetched(users[0]), .user(keys[0]))
                try transaction.append(.contactCreated(.init(contact: contact)), .user(keys[0]))
                try transaction.append(.userFetched(users[1]), .user(keys[1]))
                try transaction.append(.contactFailed(failed), .user(keys[1]))
                try transaction.append(.userRemoved(.init(cause: .deleted)), .user(keys[0]))
                try transaction.append(
                    .syncCompleted(.init(totals: Laws.totals(transaction.db))), nil)
            }
            let verdict = try verdict(scene)
            #expect(verdict.same == 2)
            #expect(verdict.differences.map(\.subject) == [Subject.user(keys[1]).text])
        }
    }

    @Test func `so is one that was slipped into a real sync`() async throws {
        try await Scene.with(users: 25) { scene in
            let subject = Subject.user(UserKey(tenant: scene.tenant, objectID: scene.id(3)))
            let forged = ContactUpdated(
                contact: .init(rawValue: 4), adopts: false,
                changes: [ContactChange(.name, old: nil, new: .text("Eve"))])
            try await scene.sync { progress in
                guard progress.pages == 2 else { return }
                #expect(throws: Never.self) {
                    try scene.act(sync: 1) { try $0.append(.contactUpdated(forged), subject) }
                }
            }
            let verdict = try verdict(scene)
            #expect(verdict.different == 1)
            #expect(verdict.differences.allSatisfy { $0.subject == subject.text })
            #expect(verdict.differences.first?.decided == "nothing")
            // The journal itself is sound: it says truly what was written, and replay that it should not have been.
            #expect(try Verifier.verify(path: JournalFile.path(home: scene.home.path)).faults == [])
        }
    }
}
