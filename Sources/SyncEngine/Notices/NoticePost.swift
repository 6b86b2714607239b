package import ContactSync
package import Mail
package import Webhook

/// How notices leave: the ways to the mail server and to the webhook, and the clock.
package struct NoticePost {
    /// What keeps a channel from being used at all: a password that is gone, say.
    package struct Trouble: Error, Equatable {
        package let message: String
        package let hints: [String]
        package init(_ message: String, hints: [String] = []) {
            self.message = message
            self.hints = hints
        }
    }

    let mail: (MailServer) throws(Trouble) -> SMTPSender
    let webhook: (NoticeWebhook) throws(Trouble) -> WebhookSender
    /// Milliseconds since 1970.
    let now: () -> Int64
    /// Spends a pause between two attempts; tests need not.
    let pause: (Duration) async throws -> Void

    package init(
        mail: @escaping (MailServer) throws(Trouble) -> SMTPSender,
        webhook: @escaping (NoticeWebhook) throws(Trouble) -> WebhookSender,
        now: @escaping () -> Int64, pause: @escaping (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.mail = mail
        self.webhook = webhook
        self.now = now
        self.pause = pause
    }
}

/// What one delivery came to.
package struct NoticeProgress: Equatable, Sendable {
    package var delivered = 0
    /// Still to be sent; the next run tries again.
    package var waiting = 0
    package var givenUp = 0
    /// Why, each once, with what can be done.
    package var troubles: [NoticePost.Trouble] = []
    /// Something of it is in the journal.
    package var isRecorded = false
    /// Another process is at it.
    package var isElsewhere = false

    package init() {}

    mutating func note(_ trouble: NoticePost.Trouble) {
        if !troubles.contains(trouble) { troubles.append(trouble) }
    }
}
