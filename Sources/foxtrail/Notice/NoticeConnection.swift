import ContactSync
import HTTP
import Mail
import Projections
import SyncEngine
import Webhook

/// The ways that notices take, with what is kept of them in `secrets/`.
enum NoticeConnection {
    static func post(_ secrets: Secrets, _ progress: ProgressLine? = nil) -> NoticePost {
        NoticePost(
            mail: { server throws(NoticePost.Trouble) in
                do { return try MailConnection.sender(server, secrets) } catch { throw NoticePost.Trouble(error) }
            },
            webhook: { webhook throws(NoticePost.Trouble) in
                do { return try sender(webhook, secrets, progress) } catch { throw NoticePost.Trouble(error) }
            }, now: Clock.now)
    }

    private static func sender(
        _ webhook: NoticeWebhook, _ secrets: Secrets, _ progress: ProgressLine?
    ) throws -> WebhookSender {
        let hint = "foxtrail notice set --webhook \(webhook.url) --secret-file FILE stores it again"
        guard let secret = WebhookSecret(try secrets.load(.webhookSecret, hint: hint)) else {
            throw Failure(.configuration, "the \(Secrets.Other.webhookSecret.words) is damaged", [hint])
        }
        var settings = WebSettings()
        settings.certificateFile = webhook.hasOwnAuthority == true ? secrets.source(.webhookAuthority) : nil
        settings.retry = WebhookSender.patience
        (settings.connectTimeout, settings.idleTimeout) = (.seconds(5), .seconds(10))
        settings.attemptTimeout = .seconds(10)
        // Whatever the answer says, its status is all that is taken from it.
        settings.maximumBody = 1 << 20
        settings.onWait = { progress?.show($0) }
        return WebhookSender(url: webhook.url, secret: secret, web: try WebClient(settings), now: { Clock.now() })
    }
}

extension NoticePost.Trouble {
    fileprivate init(_ error: any Error) {
        let failure = Failure(describing: error)
        self.init(failure.message, hints: failure.hints)
    }
}
