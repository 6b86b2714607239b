package import ContactSync
import FoundationEssentials
import Journal
package import Mail
package import Projections
package import Webhook

/// A message that says only that notices arrive, to everybody who gets them. Nothing is recorded.
package struct NoticeTrial: NoticeContent {
    package struct Answer: Sendable {
        package let target: NoticeTarget
        /// The address or the URL.
        package let place: String
        package let result: NoticeResult
    }

    private let account: Account
    private let origin: String
    private let id: String
    private let now: Int64

    /// Sends it, and returns what each target answered.
    package static func run(_ store: Store, actor: String, post: NoticePost) async throws -> [Answer] {
        let now = post.now()
        let channels = try store.transact(Occasion(actor: actor, time: now)) { try NoticeChannels($0, post) }
        let trial = NoticeTrial(
            account: channels.account, origin: channels.origin, id: "test-\(UUID().uuidString.lowercased())", now: now)
        var answers: [Answer] = []
        for target in channels.targets {
            let result: NoticeResult
            do { result = try await channels.send(trial, to: target) } catch let trouble as NoticePost.Trouble {
                result = .failed(reason: trouble.message, hints: trouble.hints, breaks: true, isFinal: false)
            }
            answers.append(Answer(target: target, place: channels.place(of: target), result: result))
        }
        return answers
    }

    package func mail(from server: MailServer, to email: String, _ target: NoticeTarget) -> MailMessage {
        let domain = server.from.split(separator: "@").last ?? "localhost"
        let text = """
            This is only a test. Where the contact sync of \(account.name) fails, records newly fail, a tenant is
            disabled or a secret is about to expire, a notice comes to this address: once, and once more when it is over.

            """
        return MailMessage(
            from: .init(name: server.fromName ?? account.name, address: server.from), to: .init(address: email),
            id: "<\(id)-\(target.text.replacing(":", with: "-"))@\(domain)>", date: now,
            texts: .init(subject: "Foxtrail (\(account.name)): this is a test", text: text, html: ""))
    }

    package var event: CloudEvent {
        let time = Date(timeIntervalSince1970: Double(now / 1000)).formatted(.iso8601)
        return CloudEvent(
            id: id, source: origin, type: "foxtrail.notice.test", subject: nil, time: time,
            data: .object([("account", .string(account.name)), ("title", .string("this is a test"))]))
    }
}
