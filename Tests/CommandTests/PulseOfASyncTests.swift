import HTTP
import Synchronization
import Testing

@testable import SyncEngine
@testable import foxtrail

/// Whatever a sync tells of itself is a sign of life, shown or not; a wait also says how long there will be none.
@Suite struct PulseOfASyncTests {
    private func steps(_ tell: (ProgressLine) -> Void) -> [Duration] {
        let steps = Mutex<[Duration]>([])
        tell(ProgressLine(quiet: true, stepped: { step in steps.withLock { $0.append(step) } }))
        return steps.withLock { $0 }
    }

    @Test func `reading, writing and sending are`() {
        let all = steps { line in
            line.show(SyncProgress(tenant: "contoso.example", users: 1))
            line.show(HelpDeskProgress.projected(contacts: 5, milliseconds: 400_000))
            line.show(HelpDeskProgress.reading(contacts: 1, of: nil))
            line.show(HelpDeskProgress.writing(contacts: 1, of: 5))
            var mails = MailProgress()
            (mails.total, mails.sent) = (5, 1)
            SyncMails().mailing(Secrets(home: "/nowhere"), line).progress(mails)
        }
        #expect(all == Array(repeating: .zero, count: 5))
    }

    @Test func `waits say for how long`() {
        let all = steps { line in
            line.show(Wait(service: "graph", reason: .throttled, duration: .seconds(600), attempt: 1))
            line.show(HelpDeskProgress.waiting(HelpDeskWait(reason: .refused, until: Clock.now() + 3_600_000)))
        }
        #expect(all.first == .seconds(600))
        #expect(all.count == 2 && all[1] > .seconds(3590) && all[1] <= .seconds(3600))
    }

    @Test func `the first failure is tried again in a minute, and each further one later`() {
        var pace = RetryPace()
        let pauses = (0..<8).map { _ in
            pace.fail()
            return pace.seconds
        }
        #expect(pauses == [60, 120, 240, 480, 960, 1920, 3600, 3600])
        pace.succeed()
        pace.fail()
        #expect(pace.seconds == 60)
    }
}
