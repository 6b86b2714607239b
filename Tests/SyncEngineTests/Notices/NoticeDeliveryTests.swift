import ContactSync
import Journal
import Projections
import Simulators
import SyncEngine
import Testing
import WireFixtures

/// How notices get there: at least once, under one id.
@Suite struct NoticeDeliveryTests {
    /// A scene whose tenant cannot be read, and of which this is to be told.
    private func failing(_ body: (NoticeScene) async throws -> Void) async throws {
        try await NoticeScene.with { notices in
            notices.scene.simulator.setFaults([Fault(.unavailable, from: 1)])
            let log = try await notices.scene.sync()
            try notices.run(sync: log.sync).raise()
            try await body(notices)
        }
    }

    @Test func `a crash between sending and recording sends it again under the same id`() async throws {
        try await failing { notices in
            let crashed = try notices.scene.home.survivor()
            #expect(try await notices.run().deliver().delivered == 1)
            #expect(try await notices.run().deliver().delivered == 0)
            let again = try Store(home: crashed.path)
            #expect(try await notices.run(again).deliver().delivered == 1)
            #expect(notices.ids.count == 2 && Set(notices.ids).count == 1)
            let bodies = notices.hook.requests.map { $0.split(separator: "\r\n\r\n").last }
            #expect(bodies[0] == bodies[1])
        }
    }

    @Test func `what stands is tried for as long as it does, and its end for five days and no fewer times`()
        async throws
    {
        try await failing { notices in
            notices.hook.reply([.answer(500)])
            #expect(try await notices.run().deliver().waiting == 1)
            // The clock may have leapt.
            for days in [1, 9, 400] as [Int64] {
                notices.scene.wait(days: days)
                #expect(try await notices.run().deliver().waiting == 1)
            }
            #expect(try notices.counts() == [1, 1, 0])
            notices.hook.reply([.answer(200)])
            #expect(try await notices.run().deliver().delivered == 1)
            notices.scene.simulator.setFaults([])
            notices.hook.reply([.answer(500)])
            try await notices.sync()
            notices.scene.wait(days: 9)
            for _ in 2...5 { #expect(try await notices.run().deliver().waiting == 1) }
            #expect(try notices.counts() == [0, 1, 0])
            #expect(try await notices.run().deliver().givenUp == 1)
            #expect(try await notices.run().deliver() == NoticeProgress())
            #expect(try notices.deliveries().map(\.state) == [.givenUp, .delivered])
            #expect(try notices.deliveries()[0].reason?.contains("500") == true)
            #expect(try notices.counts() == [0, 0, 0])
        }
    }

    @Test func `by the hour it is tried ever more seldom, and a clock that is set back does not stop it`() async throws
    {
        try await failing { notices in
            notices.hook.reply([.answer(422)])
            let hour: Int64 = 3_600_000
            for _ in 1...240 {
                _ = try await notices.run(isPaced: true).deliver()
                notices.scene.clock.advance(hour)
            }
            let attempts = try notices.deliveries()[0].attempts
            #expect((10...15).contains(attempts), "\(attempts)")
            #expect(try await notices.run(isPaced: true).deliver() == NoticeProgress())
            notices.scene.wait(days: -2)
            #expect(try await notices.run(isPaced: true).deliver().waiting == 1)
        }
    }

    @Test(arguments: [422, 410, 500]) func `one that is refused does not keep the others`(status: Int) async throws {
        try await failing { notices in
            try notices.scene.act {
                let other = NoticeRaised(notice: 2, cause: NoticeCause(.helpDeskDown), facts: NoticeFacts())
                try $0.append(.noticeRaised(other), .notice(2))
            }
            let tries = status == 500 ? 3 : 1
            notices.hook.reply(Array(repeating: .answer(status), count: tries) + [.answer(204)])
            // What no message gets through waits for the next time, and goes last then.
            let first = try await notices.run().deliver()
            #expect(first.delivered == (status == 500 ? 0 : 1))
            if status == 500 { #expect(try await notices.run().deliver().delivered == 2) }
            #expect(try notices.deliveries(of: 2).map(\.state) == [.delivered])
            let order = notices.posted.dropFirst(tries)
            #expect(
                order == (status == 500 ? ["raised helpDeskDown", "raised tenantNotRead"] : ["raised helpDeskDown"]))
        }
    }

    @Test func `who knows only what was replaced is told the end all the same`() async throws {
        try await failing { notices in
            #expect(try await notices.run().deliver().delivered == 1)
            notices.scene.simulator.setFaults([])
            notices.scene.simulator.revokeSecret()
            notices.hook.reply([.answer(500)])
            try await notices.sync()
            #expect(try notices.open() == [.tenantDisabled])
            try notices.scene.authorize(at: notices.scene.simulator.baseURL)
            notices.hook.reply([.answer(204)])
            _ = try await notices.run()()
            #expect(notices.posted.last == "cleared tenantDisabled")
            #expect(notices.hook.requests.last?.contains(#""replaces":[1]"#) == true)
            #expect(try notices.counts() == [0, 0, 0])
        }
    }

    @Test func `another URL gets what stands, and no end of what it never had`() async throws {
        try await failing { notices in
            #expect(try await notices.run().deliver().delivered == 1)
            try notices.set(notices.hook.root)
            #expect(try await notices.run().deliver() == NoticeProgress())
            try notices.set(notices.hook.root + "/other")
            #expect(try await notices.run().deliver().delivered == 1)
            notices.scene.simulator.setFaults([])
            try notices.run(sync: try await notices.scene.sync().sync).raise()
            try notices.set(notices.hook.root + "/third")
            #expect(try await notices.run().deliver() == NoticeProgress())
        }
    }

    @Test func `410 gives a message up at once, and the channel stays`() async throws {
        try await failing { notices in
            notices.hook.reply([.answer(410)])
            let progress = try await notices.run().deliver()
            #expect(progress.givenUp == 1 && notices.hook.requests.count == 1)
            let webhook = try notices.scene.home.models().read { try Notices.webhook($0) }
            #expect(webhook?.url == notices.hook.root + "/hook")
        }
    }

    @Test func `what began and ended before it reached anybody is told to nobody`() async throws {
        try await failing { notices in
            notices.hook.reply([.answer(500)])
            _ = try await notices.run().deliver()
            let sent = notices.hook.requests.count
            notices.scene.simulator.setFaults([])
            notices.hook.reply([.answer(200)])
            try await notices.sync()
            #expect(notices.hook.requests.count == sent)
            #expect(try notices.counts() == [0, 0, 0])
        }
    }

    @Test func `each recipient has a notice once, whatever becomes of the others`() async throws {
        try await failing { notices in
            try await SMTPServer.run { server in
                let recipients = ["a@acme.example", "b@acme.example", "c@acme.example"]
                try notices.tell(by: recipients, port: server.port)
                server.answer { line in
                    line.contains("<a@")
                        ? .reply("550 5.1.1 <a@acme.example> unknown")
                        : line.contains("<b@") ? .reply("451 4.7.1 later") : nil
                }
                let first = try await notices.run().deliver()
                #expect((first.delivered, first.waiting, first.givenUp) == (2, 1, 1))
                #expect(try !notices.deliveries().contains { $0.reason?.contains("@") == true })
                server.answer { _ in nil }
                #expect(try await notices.run().deliver().delivered == 1)
                #expect(server.messages.map(\.to) == ["<c@acme.example>", "<b@acme.example>"])
                notices.scene.simulator.setFaults([])
                try await notices.sync()
                // Who never had the beginning does not get the end, and a reader puts both together.
                #expect(server.messages.map(\.to).dropFirst(2) == ["<b@acme.example>", "<c@acme.example>"])
                let ids = server.messages.map { header("Message-ID", $0.content) }
                #expect(Set(ids).count == 4)
                #expect(header("In-Reply-To", server.messages[2].content) == ids[1])
            }
        }
    }

    private func header(_ name: String, _ content: String) -> String {
        content.split(separator: "\r\n").first { $0.hasPrefix(name + ": ") }.map {
            String($0.dropFirst(name.count + 2))
        } ?? ""
    }

    @Test func `a mail of which nobody knows whether it arrived is sent again under the same id`() async throws {
        try await failing { notices in
            try await SMTPServer.run { server in
                try notices.tell(by: ["ops@acme.example"], port: server.port)
                server.answer { $0 == "." ? .close : nil }
                let first = try await notices.run().deliver()
                #expect(first.waiting == 1)
                // Three times while somebody waits, and then at the next run.
                #expect(server.lines.count { $0 == "DATA" } == 3)
                server.answer { _ in nil }
                #expect(try await notices.run().deliver().delivered == 1)
                #expect(server.messages.count == 1)
            }
        }
    }

    @Test func `without a mail server, or with one that is down, the webhook has it all the same`() async throws {
        try await failing { notices in
            try notices.scene.act {
                let recipients = NoticeRecipients.none.changed(admins: false, emails: ["ops@acme.example"], last: 0)
                try $0.append(.noticeRecipientsChanged(.init(recipients: recipients)), .notices)
            }
            let progress = try await notices.run().deliver()
            #expect((progress.delivered, progress.waiting) == (1, 1))
            #expect(progress.troubles.count == 1)
            #expect(try notices.deliveries().map(\.target) == [.webhook])
        }
    }
}
