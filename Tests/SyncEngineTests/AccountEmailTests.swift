import ContactSync
import Journal
import Mail
import Projections
import Simulators
import SyncEngine
import Testing
import WireFixtures

/// Each new contact gets one e-mail, ever, whatever the mail server does.
@Suite struct AccountEmailTests {
    @Test func `everybody gets one, and later ones theirs`() async throws {
        try await MailScene.with { mail in
            #expect(try await mail.sync().sent == 4)
            try mail.add("late")
            let progress = try await mail.sync()
            #expect((progress.total, progress.sent) == (1, 1))
            #expect(try mail.recipients == mail.everybody())
            #expect(mail.recipients.count == 5)
            #expect(try mail.states() == [.sent: 5])
        }
    }

    @Test func `it is asked for in the journal before it is sent, and told after`() async throws {
        try await MailScene.with(users: 2) { mail in
            try await mail.sync()
            let types = try mail.scene.home.events().map(\.type)
            let end = try #require(types.firstIndex(of: "syncCompleted"))
            #expect(
                types[(end + 1)...] == [
                    "accountEmailRequested", "accountEmailSent", "accountEmailRequested", "accountEmailSent",
                ])
        }
    }

    @Test func `a sync with nobody new writes nothing of e-mails`() async throws {
        try await MailScene.with { mail in
            try await mail.sync()
            let types = try await mail.scene.home.types { try await mail.sync() }
            #expect(types == ["syncStarted", "pageRead", "selectionRead", "syncCompleted"])
        }
    }

    @Test func `what is switched on later is for later contacts`() async throws {
        try await MailScene.with { mail in
            try mail.scene.save { $0.accountEmail = false }
            try await mail.sync()
            try mail.scene.save { $0.accountEmail = true }
            try await mail.sync()
            #expect(mail.recipients == [])
            try mail.add("late")
            try await mail.sync()
            #expect(mail.recipients == ["late@contoso.example"])
        }
    }

    @Test(arguments: [true, false])
    func `a sync takes the setting that it began with`(isOn: Bool) async throws {
        try await MailScene.with { mail in
            try mail.scene.save { $0.accountEmail = isOn }
            try await mail.scene.sync { _ in
                #expect(throws: Never.self) { try mail.scene.save { $0.accountEmail = !isOn } }
            }
            #expect(try mail.states() == (isOn ? [.due: 4] : [:]))
        }
    }

    @Test func `switched off, what is due waits`() async throws {
        try await MailScene.with { mail in
            try await mail.scene.sync()
            try mail.scene.save { $0.accountEmail = false }
            #expect(try await mail.sync().total == 0)
            #expect(try mail.states() == [.due: 4])
        }
    }

    @Test func `a user who comes back, or gets another contact, gets no second one`() async throws {
        try await MailScene.with { mail in
            try await mail.sync()
            let user = mail.scene.id(0)
            try mail.scene.simulator.remove(user)
            try await mail.sync()
            try mail.scene.simulator.restore(user)
            try mail.scene.rename(1, "Another")
            try await mail.sync()
            #expect(mail.recipients.count == 4)
        }
    }

    @Test func `refused for now is tried again, refused for ever is not`() async throws {
        try await MailScene.with { mail in
            mail.refuse(first: ["451 4.7.1 later", "550 5.1.1 never"])
            let first = try await mail.sync()
            #expect((first.sent, first.postponed, first.refused, first.trouble) == (2, 1, 1, nil))
            #expect(try await mail.sync() == second(total: 1, postponed: 1))
            mail.server.answer { _ in nil }
            #expect(try await mail.sync().sent == 1)
            #expect(try await mail.sync().total == 0)
            #expect(try mail.states() == [.sent: 3, .permanent: 1])
            let refused = try #require(try mail.mails().first { $0.state == .permanent })
            #expect((refused.code, refused.reason) == (550, "5.1.1 never"))
        }
    }

    private func second(total: Int, postponed: Int) -> MailProgress {
        var progress = MailProgress()
        (progress.total, progress.postponed) = (total, postponed)
        return progress
    }

    @Test func `a server that is gone keeps nothing away and loses nothing`() async throws {
        try await MailScene.with { mail in
            try mail.set(port: await SMTPServer.run { $0.port })
            let progress = try await mail.sync()
            #expect(progress.postponed == 1 && progress.trouble != nil)
            #expect(try mail.scene.home.models().read { try SyncLog.fetch($0) }?.status == .completed)
            #expect(try mail.states() == [.temporary: 1, .due: 3])
            try mail.set(port: mail.server.port)
            try await mail.sync()
            #expect(try mail.recipients == mail.everybody())
        }
    }

    @Test func `a sender that is refused costs nobody the e-mail`() async throws {
        try await MailScene.with { mail in
            mail.server.answer { $0.hasPrefix("MAIL") ? .reply("550 5.7.1 who are you") : nil }
            try await mail.sync()
            #expect(try mail.states() == [.temporary: 1, .due: 3])
        }
    }

    @Test func `without a server, or a way to it, they wait`() async throws {
        try await MailScene.with { mail in
            try await mail.scene.sync()
            try mail.scene.act { try $0.append(.mailServerChanged(.init(server: nil)), .account) }
            #expect(try await mail.sync().total == 4)
            #expect(try mail.states() == [.due: 4])
        }
    }

    @Test func `a server that hangs up behind a message may have it: never again`() async throws {
        try await MailScene.with { mail in
            mail.server.answer { $0 == "." ? .close : nil }
            let progress = try await mail.sync()
            #expect((progress.unknown, progress.tried) == (1, 1))
            #expect(try mail.states() == [.unknown: 1, .due: 3])
            mail.server.answer { _ in nil }
            try await mail.sync()
            try await mail.sync()
            #expect(mail.recipients.count == 3)
            #expect(try mail.states() == [.unknown: 1, .sent: 3])
        }
    }

    @Test func `one that a crash left under way is not sent again, and shown`() async throws {
        try await MailScene.with { mail in
            try await mail.scene.sync()
            let first = try #require(try mail.mails().first)
            try mail.scene.act(sync: 1) {
                try $0.append(
                    .accountEmailRequested(.init(to: first.email, messageID: "<1@acme.example>")), .user(first.key))
            }
            #expect(try mail.states() == [.requested: 1, .due: 3])
            #expect(try await mail.sync().unknown == 1)
            #expect(!mail.recipients.contains(first.email) && mail.recipients.count == 3)
            let shown = try #require(try mail.mails().first { $0.state == .unknown })
            #expect(shown.reason == "interrupted between sending and recording; not sent again")
        }
    }

    /// Nobody may be kept waiting for ever by one whom the server always hangs up on.
    @Test func `who was refused before comes after the others`() async throws {
        try await MailScene.with { mail in
            mail.server.answer { $0.hasPrefix("RCPT") ? .close : nil }
            try await mail.sync()
            let poison = try #require(try mail.mails().first { $0.state == .temporary }).email
            mail.server.answer { $0.hasPrefix("RCPT TO:<\(poison)>") ? .close : nil }
            try await mail.sync()
            #expect(try mail.states() == [.temporary: 1, .sent: 3])
        }
    }

    @Test func `it goes where the contact is now, with the texts that are set now`() async throws {
        try await MailScene.with(users: 1) { mail in
            mail.refuse(first: ["451 later"])
            try await mail.sync()
            try mail.scene.simulator.patch(id: mail.scene.id(0), ["userPrincipalName": "moved@contoso.example"])
            let template = MailTemplate(subject: "For {{email}}", text: "{{portalURL}}", html: "<p>{{account}}</p>")
            try mail.scene.act { try $0.append(.mailTemplateChanged(.init(template: template)), .account) }
            try await mail.sync()
            #expect(mail.recipients == ["moved@contoso.example"])
            let content = try #require(mail.server.messages.first).content
            for part in [
                "Subject: For moved@contoso.example", "https://acme.example", "<p>Acme</p>", "\"Acme\" <desk@",
            ] {
                #expect(content.contains(part), "\(part)")
            }
        }
    }

    @Test func `a tenant that failed keeps no e-mail of others away`() async throws {
        try await MailScene.with { mail in
            try await mail.scene.sync()
            mail.scene.simulator.setFaults([Fault(.forbidden, from: 1)])
            try await mail.sync()
            #expect(try mail.scene.home.models().read { try SyncLog.fetch($0) }?.status == .failed)
            #expect(try mail.states() == [.sent: 4])
        }
    }

    @Test func `cancelled while sending, the sync stands and the rest waits`() async throws {
        try await MailScene.with { mail in
            mail.server.answer { $0.hasPrefix("RCPT") ? .silence : nil }
            // This task uses it again only when the other one has ended.
            nonisolated(unsafe) let scene = mail
            let sync = Task { _ = try await scene.sync() }
            while !mail.server.lines.contains(where: { $0.hasPrefix("RCPT") }) {
                try await Task.sleep(for: .milliseconds(5))
            }
            sync.cancel()
            await #expect(throws: CancellationError.self) { try await sync.value }
            #expect(try mail.scene.home.models().read { try SyncLog.fetch($0) }?.status == .completed)
            #expect(try mail.states() == [.temporary: 1, .due: 3])
        }
    }
}
