/// Admins are to be told of a cause. Durable before anything is sent.
package struct NoticeRaised: Codable, Equatable, Sendable {
    /// Counted from 1.
    package let notice: Int64
    package let cause: NoticeCause
    package let facts: NoticeFacts
    /// The notices of the same topic whose place it takes.
    package let replaces: [Int64]?

    package init(notice: Int64, cause: NoticeCause, facts: NoticeFacts, replaces: [Int64]? = nil) {
        self.notice = notice
        self.cause = cause
        self.facts = facts
        self.replaces = replaces
    }
}

/// What a notice told of is over.
package struct NoticeCleared: Codable, Equatable, Sendable {
    package enum Ending: String, Codable, Sendable {
        case recovered
        /// It concerns nobody any more: what it was about was deleted or switched off.
        case obsolete
        /// Another notice of the same topic has taken its place; that one is told.
        case replaced
    }
    package let notice: Int64
    package let ending: Ending

    package init(notice: Int64, ending: Ending) {
        self.notice = notice
        self.ending = ending
    }
}

/// Which of the two messages that a notice can come to.
package enum NoticePart: String, Codable, CaseIterable, Sendable {
    case raised, cleared
}

/// Somebody has one of a notice's messages. It may have come more than once, under the same id.
package struct NoticeDelivered: Codable, Equatable, Sendable {
    package let notice: Int64
    package let part: NoticePart
    /// A `NoticeTarget`.
    package let target: String

    package init(notice: Int64, part: NoticePart, target: String) {
        self.notice = notice
        self.part = part
        self.target = target
    }
}

/// One of a notice's messages did not get through.
package struct NoticeUndelivered: Codable, Equatable, Sendable {
    package let notice: Int64
    package let part: NoticePart
    package let target: String
    /// Why, without any address.
    package let reason: String
    /// It is not tried again.
    package let isFinal: Bool

    package init(notice: Int64, part: NoticePart, target: String, reason: String, isFinal: Bool) {
        self.notice = notice
        self.part = part
        self.target = target
        self.reason = reason
        self.isFinal = isFinal
    }
}

/// Notices go to these by e-mail.
package struct NoticeRecipientsChanged: Codable, Equatable, Sendable {
    package let recipients: NoticeRecipients
    package init(recipients: NoticeRecipients) { self.recipients = recipients }
}

/// Notices are posted there, or the secret they are signed with is another one; nil where nowhere any more.
package struct NoticeWebhookChanged: Codable, Equatable, Sendable {
    package let webhook: NoticeWebhook?
    package init(webhook: NoticeWebhook?) { self.webhook = webhook }
}
