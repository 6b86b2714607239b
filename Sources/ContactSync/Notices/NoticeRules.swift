/// What was found of one topic.
package struct NoticeFinding: Equatable, Sendable {
    package enum State: Equatable, Sendable {
        case stands(NoticeCause, NoticeFacts)
        /// Whatever stood of the topic is over.
        case well
        /// Whatever stood of the topic concerns nobody any more: the tenant was deleted or switched off, say.
        case obsolete
    }

    package let topic: NoticeCause.Topic
    package let state: State

    package init(_ topic: NoticeCause.Topic, _ state: State) {
        self.topic = topic
        self.state = state
    }

    package static func stands(_ cause: NoticeCause, _ facts: NoticeFacts) -> NoticeFinding {
        NoticeFinding(cause.topic, .stands(cause, facts))
    }
}

/// A notice that was raised and not cleared.
package struct OpenNotice: Equatable, Sendable {
    /// Counted from 1.
    package let number: Int64
    package let cause: NoticeCause

    package init(number: Int64, cause: NoticeCause) {
        self.number = number
        self.cause = cause
    }
}

/// Once per cause, and its end: from what stands now and what was told before to what is told now.
package enum NoticeRules {
    /// - Parameters:
    ///   - findings: A topic that is missing is not known at the moment, and left as it is.
    ///   - last: The number of the last notice that was ever raised.
    package static func events(_ findings: [NoticeFinding], open: [OpenNotice], last: Int64) -> [Event] {
        var number = last
        return findings.flatMap { finding -> [Event] in
            let before = open.filter { $0.cause.topic == finding.topic }
            switch finding.state {
            case .well: return before.map { .noticeCleared(.init(notice: $0.number, ending: .recovered)) }
            case .obsolete: return before.map { .noticeCleared(.init(notice: $0.number, ending: .obsolete)) }
            case .stands(let cause, let facts):
                if before.contains(where: { $0.cause == cause }) { return [] }
                number += 1
                let replaced = before.map(\.number)
                let raised = NoticeRaised(
                    notice: number, cause: cause, facts: facts, replaces: replaced.isEmpty ? nil : replaced)
                return [.noticeRaised(raised)]
                    + replaced.map { .noticeCleared(.init(notice: $0, ending: .replaced)) }
            }
        }
    }
}
