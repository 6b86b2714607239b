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

    @Test func `a webhook that is down is tried at each run, and given up after days, until it is set anew`()
        async throws
    {
        try await failing { notices in
            notices.hook.reply([.answer(500)])
            #expect(try await notices.run().deliver().waiting == 1)
            notices.scene.wait(days: 4)
            #expect(try await notices.run().deliver().waiting == 1)
            notices.scene.wait(days: 2)
            #expect(try await notices.run().deliver().givenUp == 1)
            let sent = notices.hook.requests.count
            #expect(try await notices.run().deliver() == NoticeProgress())
            #expect(notices.hook.requests.count == sent)
            #expect(try notices.deliveries().map(\.state) == [.givenUp])
            #expect(try notices.deliveries()[0].reason?.contains("500") == true)
            notices.hook.reply([.answer(200)])
            try notices.set(notices.hook.root)
            #expect(try await notices.run().deliver().delivered == 1)
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
            #expect(try notices.open() == [])
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
