/// A notice in words: what happened, and what to do about it. Nobody of a directory is named in it.
package struct NoticeText: Equatable, Sendable {
    /// One line, without a full stop.
    package let title: String
    /// Names and values, in order.
    package let details: [(name: String, value: String)]
    /// What a person can do about it; nothing where it is over.
    package let advice: [String]
    /// Commands that tell more.
    package let commands: [String]

    package static func == (left: NoticeText, right: NoticeText) -> Bool {
        left.title == right.title && left.advice == right.advice && left.commands == right.commands
            && left.details.elementsEqual(right.details, by: ==)
    }

    /// - Parameters:
    ///   - ending: Nil for the beginning.
    ///   - day: Says a time, in milliseconds since 1970, as a day.
    package init(_ raised: NoticeRaised, ending: NoticeCleared.Ending? = nil, day: (Int64) -> String) {
        let words = CauseWords(cause: raised.cause, facts: raised.facts, expiry: raised.facts.expiresAt.map(day))
        switch ending {
        case nil:
            title = words.raised
            details = words.details
            advice = words.advice
        case .recovered:
            title = words.recovered
            (details, advice) = ([], [])
        case .obsolete, .replaced:
            title = "no longer of concern: " + words.raised
            (details, advice) = ([], [])
        }
        commands = words.commands
    }
}
