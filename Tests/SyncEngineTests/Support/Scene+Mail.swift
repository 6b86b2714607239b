import ContactSync
import Mail
import Projections
import Simulators
import SyncEngine
import Synchronization
import Testing
import WireFixtures

/// A help desk whose new contacts are written to, and its mail server.
struct MailScene {
    let scene: Scene
    let server: SMTPServer

    /// Runs `body` before the first sync, with `accountEmail` on and the server set.
    static func with(users: Int = 4, _ body: (MailScene) async throws -> Void) async throws {
        try await SMTPServer.run { server in
            try await Scene.with(users: users, settings: { $0.accountEmail = true }) { scene in
                let mail = MailScene(scene: scene, server: server)
                try mail.set(port: server.port)
                try await body(mail)
                try Laws.expectAll(scene.home)
            }
        }
    }

    func set(port: Int) throws {
        let server = MailServer(host: "127.0.0.1", port: port, security: .none, from: "desk@acme.example")
        try scene.act { try $0.append(.mailServerChanged(.init(server: server)), .account) }
    }

    /// Runs a sync that sends, and returns what it told last of that.
    @discardableResult
    func sync() async throws -> MailProgress {
        var last = MailProgress()
        try await scene.sync(
            mailing: Mailing(connect: { SMTPSender($0, password: nil) }, progress: { last = $0 }))
        return last
    }

    /// How many are in each state.
    func states() throws -> [AccountMail.State: Int] {
        try Dictionary(grouping: mails(), by: \.state).mapValues(\.count)
    }

    func mails() throws -> [AccountMail] {
        try scene.home.models().read { try AccountMails.fetch($0, AccountMail.State.allCases) }
    }

    /// Whom the server took messages for, each as often as it did.
    var recipients: [String] { server.messages.map { String($0.to.dropFirst().dropLast()) }.sorted() }

    func everybody() throws -> [String] { try scene.home.contacts().map(\.contact.email).sorted() }

    func add(_ name: String) throws {
        try scene.simulator.add([
            "displayName": .string(name), "userPrincipalName": .string("\(name)@contoso.example"),
        ])
    }

    /// The first recipients that come, one for each answer, are refused with it, now and later.
    func refuse(first answers: [String]) {
        let refusals = Refusals(answers)
        server.answer { refusals.answer($0) }
    }
}

private final class Refusals: Sendable {
    private let state: Mutex<(left: [String], given: [String: String])>

    init(_ answers: [String]) { state = Mutex((answers, [:])) }

    func answer(_ line: String) -> SMTPServer.Answer? {
        guard line.hasPrefix("RCPT") else { return nil }
        return state.withLock { state in
            if state.given[line] == nil, !state.left.isEmpty { state.given[line] = state.left.removeFirst() }
            return state.given[line].map { .reply($0) }
        }
    }
}
