import Journal
import ContactSync
import Projections
import Simulators
import Testing

/// Reads that end before their end.
@Suite struct BrokenReadTests {
    @Test func `what a first read had before it died stands, and the next one goes on`() async throws {
        try await Scene.with(users: 45) { scene in
            scene.simulator.setFaults([Fault(.unavailable, from: 4)])
            let log = try await scene.sync()
            #expect(log.status == .failed && log.reason?.hasPrefix("contoso.example: ") == true)
            let read = try scene.home.contacts()
            #expect(read.count >= 20 && read.count < 45)
            try Laws.expectAll(scene.home)
            scene.simulator.setFaults([])
            let next = try await scene.sync()
            #expect(next.status == .completed && next.totals == .init(new: 45 - read.count, existing: read.count))
            #expect(try scene.home.contacts().prefix(read.count).map(\.contact) == read.map(\.contact))
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }

    /// A full read that died says nothing about who was not in it.
    @Test func `nobody is removed by a full read that died`() async throws {
        try await Scene.with(users: 45) { scene in
            try await scene.sync()
            let before = try scene.home.contacts()
            scene.simulator.setFaults([Fault(.gone, at: [1]), Fault(.unavailable, from: 4)])
            let log = try await scene.sync()
            #expect(log.status == .failed && log.totals.synced + log.totals.failed == 45 && log.totals.failed > 0)
            #expect(try !scene.home.events().contains { $0.type == "userRemoved" })
            #expect(try scene.home.contacts().map(\.contact) == before.map(\.contact))
            try Laws.expectAll(scene.home)
            scene.simulator.setFaults([])
            try await Laws.expectQuietSync(scene)
        }
    }

    @Test func `a read of groups that dies in the second one says nothing about who was in it`() async throws {
        try await Scene.with(users: 45) { scene in
            try scene.selectGroups("Support", "Sales")
            try await scene.sync()
            let before = try scene.linked()
            try scene.rename(5, "Of Support")
            try scene.rename(6, "Of Sales")
            scene.simulator.setFaults([Fault(.unavailable, from: 2)])
            let day = try await scene.watchedSync()
            #expect(day.log.status == .failed && day.log.reason?.contains("503") == true)
            #expect(try day.removals.isEmpty && scene.linked() == before)
            #expect(try scene.contact(5)?.name == "Of Support" && scene.contact(6)?.name != "Of Sales")
            try Laws.expectAll(scene.home)
            scene.simulator.setFaults([])
            #expect(try await scene.sync().totals == .init(existing: before.count))
            #expect(try scene.contact(6)?.name == "Of Sales")
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `a delta round that died is read again from its beginning`() async throws {
        try await Scene.with(users: 45) { scene in
            try await scene.sync()
            for index in 0..<45 { try scene.rename(index, "Round \(index)") }
            scene.simulator.setFaults([Fault(.unavailable, from: 3)])
            #expect(try await scene.sync().status == .failed)
            #expect(try scene.contact(44)?.name != "Round 44")
            scene.simulator.setFaults([])
            #expect(try await scene.sync().totals == .init(existing: 45))
            for index in 0..<45 { #expect(try scene.contact(index)?.name == "Round \(index)") }
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `a server that leads in a circle is not followed`() async throws {
        try await Scene.with(users: 45) { scene in
            scene.simulator.setFaults([Fault(.repeatNextLink, from: 3)])
            let log = try await scene.sync()
            #expect(log.status == .failed && log.reason?.contains("repeated a link") == true)
            scene.simulator.setFaults([])
            #expect(try await scene.sync().totals.synced == 45)
            try Laws.expectAll(scene.home)
        }
    }

    @Test func `trouble that passes changes nothing`() async throws {
        try await Scene.with(users: 45) { scene in
            scene.simulator.setFaults([
                Fault(.throttle, at: [1, 2], retryAfter: "1"), Fault(.unavailable, at: [4]), Fault(.drop, at: [6]),
                Fault(.truncate, at: [8]), Fault(.notJSON, at: [9]), Fault(.emptyPage, at: [10]),
                Fault(.duplicate, at: [5, 11]), Fault(.unauthorized, at: [3]),
            ])
            #expect(try await scene.sync().totals == .init(new: 45))
            scene.simulator.setFaults([])
            try await Laws.expectQuietSync(scene)
            try Laws.expectAll(scene.home)
        }
    }
}
