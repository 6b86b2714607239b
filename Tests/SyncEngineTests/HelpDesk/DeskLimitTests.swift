import ContactSync
import HappyFox
import Journal
import Projections
import Simulators
import SyncEngine
import Testing

@Suite struct DeskLimitTests {
    /// Shares at which reads, writes or nothing of both have to wait.
    @Test(arguments: [(10_000, 80), (1_500, 3), (1_500, 1)])
    func `first-time users take as long as was said, and never too many requests`(
        users: Int, share: Int
    ) async throws {
        try await DeskScene.with(
            users: users, pageSize: 999, latency: 350, share: share,
            configure: { configuration in
                configuration.contacts = users / 2
                // Not one more than the share is let pass, which would cost ten minutes.
                configuration.readsPerMinute = 500 * share / 100
                configuration.writesPerMinute = 300 * share / 100
            }
        ) { scene in
            let clock = scene.scene.clock
            var projected: Int64?
            var began: Int64 = 0
            scene.onProgress = { progress in
                guard case .projected(_, let milliseconds) = progress else { return }
                (projected, began) = (milliseconds, clock.time)
            }
            let log = try await scene.sync()
            #expect(log.totals.synced == users)
            let said = Double(try #require(projected))
            let took = Double(clock.time - began)
            #expect(abs(took - said) <= said / 10, "said \(said) ms, took \(took) ms at \(share) %")
            #expect(scene.desk.throttledRequests == 0)
            #expect(scene.desk.requests.allSatisfy { $0.status == 200 || $0.status == 404 })
        }
    }

    @Test func `a sync waits for its limits and says why and until when`() async throws {
        try await DeskScene.with(users: 1_500, pageSize: 999, share: 1) { scene in
            let log = try await scene.sync()
            #expect(log.totals.synced == 1_500)
            let waits = scene.progress.compactMap { progress -> HelpDeskWait? in
                if case .waiting(let wait) = progress { wait } else { nil }
            }
            #expect(waits.contains { $0.reason == .limit(.post, perMinute: 3) })
            #expect(scene.desk.throttledRequests == 0)
        }
    }

    /// The limiter's memory is the journal: another process counts what this one may have used.
    @Test func `a restart does not forget what was used`() async throws {
        try await DeskScene.with(users: 300, share: 1, configure: { $0.writesPerMinute = 3 }) { scene in
            try await scene.sync()
            for index in 0..<3 {
                try scene.scene.rename(index, "Again \(index)")
                // No time passes between the end of one process and the start of the next.
                let survivor = try Store(home: scene.scene.home.path)
                _ = try await scene.scene.sync(store: survivor)
            }
            #expect(scene.desk.throttledRequests == 0)
            #expect(scene.desk.requests.allSatisfy { $0.status != 429 })
            try scene.expectEverybodyOnce()
        }
    }

    @Test(arguments: [true, false])
    func `a refusal for too many requests is waited for`(saysHowLong: Bool) async throws {
        let configure = { (configuration: inout HappyFoxSimulator.Configuration) in
            configuration.writesPerMinute = 1
            configuration.behaviour.sendsRetryAfter = saysHowLong
        }
        try await DeskScene.with(users: 250, configure: configure) { scene in
            let before = scene.scene.clock.time
            let log = try await scene.sync()
            #expect(log.status == .completed && log.totals.synced == 250)
            #expect(scene.scene.clock.time - before >= 600_000)
            #expect(
                scene.progress.contains { if case .waiting(let wait) = $0 { wait.reason == .refused } else { false } })
            try scene.expectEverybodyOnce()
        }
    }
}
