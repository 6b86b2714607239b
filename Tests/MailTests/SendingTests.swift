import ContactSync
@testable import Mail
import Testing
import WireFixtures

@Suite struct SendingTests {
    private static func message(to: String = "ann@contoso.example", text: String = "t") -> MailMessage {
        MailMessage(
            from: .init(address: "desk@acme.example"), to: .init(address: to), id: "<1@acme.example>", date: 0,
            texts: .init(subject: "s", text: text, html: "h"))
    }

    private static func sender(_ port: Int, user: String? = nil, timeout: Int = 120) -> SMTPSender {
        let server = MailServer(host: "127.0.0.1", port: port, security: .none, from: "desk@acme.example", user: user)
        var settings = SMTPSettings(server, password: user.map { _ in "pass=word" }, authorities: nil)
        (settings.connectTimeout, settings.timeout) = (timeout, timeout)
        return SMTPSender(server, settings)
    }

    /// What becomes of a message where one line is answered otherwise than usual.
    private func outcome(
        _ prefix: String, _ answer: SMTPServer.Answer, user: String? = nil, timeout: Int = 120
    ) async throws -> SendOutcome {
        try await SMTPServer.run({ $0.hasPrefix(prefix) && !(prefix.isEmpty && !$0.isEmpty) ? answer : nil }) {
            server in
            await Self.sender(server.port, user: user, timeout: timeout).send(Self.message())
        }
    }

    @Test func `a message arrives whole, dots and all`() async throws {
        try await SMTPServer.run { server in
            let outcome = await Self.sender(server.port).send(Self.message(text: ".\n..x\nend"))
            #expect(outcome == .sent(SMTPReply(code: 250, words: "2.0.0 taken")))
            let message = try #require(server.messages.first)
            #expect(message.from.hasPrefix("<desk@acme.example>") && message.to == "<ann@contoso.example>")
            #expect(message.content.contains("\r\n\r\n.\r\n..x\r\nend\r\n"))
        }
    }

    @Test func `many messages share one connection`() async throws {
        try await SMTPServer.run { server in
            let sender = Self.sender(server.port)
            for _ in 0..<3 { _ = await sender.send(Self.message()) }
            #expect((server.messages.count, server.connections) == (3, 1))
        }
    }

    @Test func `a connection that the server gave up is made again`() async throws {
        try await SMTPServer.run { server in
            let sender = Self.sender(server.port)
            _ = await sender.send(Self.message())
            server.answer { [server] in
                $0.hasPrefix("MAIL") && server.connections == 1 ? .reply("421 too many messages") : nil
            }
            _ = await sender.send(Self.message())
            #expect((server.messages.count, server.connections) == (2, 2))
        }
    }

    @Test(arguments: [451, 550])
    func `a recipient, the message and its end can be refused`(code: Int) async throws {
        for line in ["RCPT", "DATA", "."] {
            let outcome = try await outcome(line, .reply("\(code) 5.0.0 no"))
            #expect(outcome == .refused(SMTPReply(code: code, words: "5.0.0 no")), "\(line)")
        }
    }

    @Test func `a refusal of some lines keeps all of them`() async throws {
        #expect(
            try await outcome("RCPT", .reply("550-5.1.1 no\r\n550 5.1.1 such user"))
                == .refused(SMTPReply(code: 550, words: "5.1.1 no 5.1.1 such user")))
    }

    @Test func `a sender that is refused is nobody's fault who would get it`() async throws {
        guard case .unreachable(let trouble) = try await outcome("MAIL", .reply("550 5.7.1 who")) else {
            Issue.record("not unreachable")
            return
        }
        #expect((trouble.kind, trouble.code) == (.sender, 550))
        #expect(trouble.reason.hasSuffix("takes no mail from desk@acme.example: 550 5.7.1 who"))
    }

    @Test func `a recipient whom it takes from known people only neither`() async throws {
        guard case .unreachable(let trouble) = try await outcome("RCPT", .reply("530 5.7.0 log in first")) else {
            Issue.record("not unreachable")
            return
        }
        #expect(trouble.code == 530)
    }

    @Test(arguments: ["", "EHLO", "MAIL", "RCPT", "DATA"])
    func `a server that hangs up before the message has certainly not got it`(line: String) async throws {
        guard case .unreachable(let trouble) = try await outcome(line, .close) else {
            Issue.record("not unreachable")
            return
        }
        #expect(trouble.reason.contains("127.0.0.1:"))
    }

    @Test func `behind the message nobody knows`() async throws {
        guard case .unknown(let reason) = try await outcome(".", .close) else {
            Issue.record("not unknown")
            return
        }
        #expect(reason.contains("did not say whether it took the message"))
    }

    @Test func `nor after a silence`() async throws {
        guard case .unknown = try await outcome(".", .silence, timeout: 5) else {
            Issue.record("not unknown")
            return
        }
        guard case .unreachable = try await outcome("RCPT", .silence, timeout: 1) else {
            Issue.record("not unreachable")
            return
        }
    }

    @Test func `cancelling ends what has not left`() async throws {
        try await SMTPServer.run({ $0.hasPrefix("RCPT") ? .silence : nil }) { server in
            let sending = Task { await Self.sender(server.port).send(Self.message()) }
            while !server.lines.contains(where: { $0.hasPrefix("RCPT") }) {
                try await Task.sleep(for: .milliseconds(5))
            }
            sending.cancel()
            let outcome = await sending.value
            #expect(outcome == .unreachable(MailTrouble(.stopped, "interrupted before anything was sent")))
        }
    }

    @Test func `a server that repeats our login gets it into no words`() async throws {
        let secrets = ["pass=word", "cGFzcz13b3Jk", "AGRlc2sAcGFzcz13b3Jk"]
        let echo = SMTPServer.Answer.reply("535 no: \(secrets.joined(separator: ", "))")
        let outcome = try await SMTPServer.run({ line in
            if line.hasPrefix("EHLO") { return .reply("250-fixture\r\n250 AUTH PLAIN") }
            return line.hasPrefix("AUTH") ? echo : nil
        }) { server in await Self.sender(server.port, user: "desk").send(Self.message()) }
        guard case .unreachable(let trouble) = outcome else {
            Issue.record("not unreachable")
            return
        }
        #expect(trouble.kind == .authentication)
        #expect(trouble.reason.hasSuffix("refuses the user or password: 535 no: [hidden], [hidden], [hidden]"))
    }

    @Test func `what is no address never reaches a server`() async throws {
        try await SMTPServer.run { server in
            let outcome = await Self.sender(server.port).send(
                Self.message(to: "a@b.example>\r\nRCPT TO:<eve@x.example"))
            guard case .refused(let reply) = outcome else {
                Issue.record("not refused")
                return
            }
            #expect(!reply.isTemporary)
            #expect(server.connections == 0)
        }
    }

    @Test(arguments: ["MAIL", "RCPT", ".", "nothing"])
    func `a server that does not answer a goodbye is not waited for`(refused: String) async throws {
        let time = try await ContinuousClock().measure {
            try await SMTPServer.run({ line in
                if line.hasPrefix(refused) { return .reply("550 no") }
                return line == "QUIT" ? .silence : nil
            }) { server in
                _ = await Self.sender(server.port).send(Self.message())
                if refused == "nothing" { #expect(server.messages.count == 1) }
            }
        }
        // libcurl by itself waits 120 s; a machine that is busy with other tests takes its time too.
        #expect(time < .seconds(115))
    }

    @Test func `nobody there`() async throws {
        let port = try await SMTPServer.run { server in server.port }
        guard case .unreachable(let trouble) = await Self.sender(port).send(Self.message()) else {
            Issue.record("not unreachable")
            return
        }
        #expect(trouble.kind == .connection && trouble.reason.contains("127.0.0.1:\(port)"))
    }
}
