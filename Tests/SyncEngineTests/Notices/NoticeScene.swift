import ContactSync
import HTTP
import Journal
import Mail
import Projections
import SyncEngine
import Testing
import WireFixtures
import Webhook

/// A help desk with a webhook, and the server behind it.
struct NoticeScene {
    let scene: Scene
    let hook: RawServer

    /// Runs `body` before the first sync, with the webhook set.
    static func with(users: Int = 4, _ body: (NoticeScene) async throws -> Void) async throws {
        try await RawServer.run([.answer(204)]) { hook in
            try await Scene.with(users: users, seed: 3) { scene in
                let notices = NoticeScene(scene: scene, hook: hook)
                try notices.set(hook.root)
                try await body(notices)
                try Laws.expectAll(scene.home)
            }
        }
    }

    func set(_ root: String) throws {
        try scene.act {
            try $0.append(.noticeWebhookChanged(.init(webhook: NoticeWebhook(url: root + "/hook"))), .notices)
        }
    }

    func tell(by email: [String], port: Int) throws {
        let server = MailServer(host: "127.0.0.1", port: port, security: .none, from: "desk@acme.example")
        try scene.act { transaction in
            try transaction.append(.mailServerChanged(.init(server: server)), .mail)
            let recipients = NoticeRecipients.none.changed(admins: false, emails: email, last: 0)
            try transaction.append(.noticeRecipientsChanged(.init(recipients: recipients)), .notices)
        }
    }

    /// - Parameter store: Another installation than the scene's.
    func run(_ store: Store? = nil, sync: Int64? = nil, isPaced: Bool = false) throws -> NoticeRun {
        let clock = scene.clock
        var settings = WebSettings()
        (settings.environment, settings.sleep, settings.retry) = ([:], { _ in }, WebhookSender.patience)
        let web = try WebClient(settings)
        return NoticeRun(
            store: store ?? scene.store, actor: "agent:1", sync: sync, isPaced: isPaced,
            post: NoticePost(
                mail: { SMTPSender($0, password: nil) },
                webhook: { webhook in
                    WebhookSender(url: webhook.url, secret: WebhookSecret(), web: web, now: { clock.time })
                }, now: { clock.time }, pause: { _ in }))
    }

    /// A sync with what comes behind it.
    @discardableResult
    func sync() async throws -> SyncLog {
        let log = try await scene.sync()
        let run = try run(sync: log.sync)
        try run.raise()
        _ = try await run.deliver()
        return log
    }

    /// What the webhook was sent: `raised tenantNotRead`, `cleared recordsFailing`.
    var posted: [String] { hook.requests.compactMap(NoticeScene.short) }

    private static func short(_ request: String) -> String? {
        guard let body = request.split(separator: "\r\n\r\n", maxSplits: 1).last,
            let event = try? JSONValue(parsing: Array(body.utf8)), case .string(let type)? = event["type"],
            case .string(let kind)? = event["data"]?["kind"]
        else { return nil }
        return "\(type.split(separator: ".").last ?? "") \(kind)"
    }

    /// The ids of the messages, in order.
    var ids: [String] {
        hook.requests.compactMap { request in
            request.split(separator: "\r\n").first { $0.lowercased().hasPrefix("webhook-id: ") }.map {
                String($0.dropFirst(12))
            }
        }
    }

    /// What monitoring sees.
    func counts() throws -> [Int] {
        let counts = try scene.home.models().read { try Notices.counts($0, at: scene.clock.time) }
        return [counts.open, counts.waiting, counts.givenUp]
    }

    func open() throws -> [NoticeCause.Kind] {
        try scene.home.models().read { try Notices.open($0) }.map(\.raised.cause.kind)
    }

    func deliveries(of notice: Int64 = 1) throws -> [NoticeDelivery] {
        try scene.home.models().read { try Notices.deliveries(of: notice, $0) }
    }
}

extension JSONValue {
    fileprivate subscript(name: String) -> JSONValue? { members?.first { $0.key == name }?.value }
}
