import ContactSync
import Journal
import Projections

extension NoticeRun {
    /// Whoever waits behind a sync waits for about a minute: what was not reached by then is for the next run.
    private static let longest: Int64 = 60_000
    /// What does not get through in five days is given up, until the channel is set anew.
    private static let patience: Int64 = 5 * Milliseconds.day

    /// Sends what is due to whoever does not have it. Cancelling ends it between two messages.
    package func deliver() async throws -> NoticeProgress {
        var progress = NoticeProgress()
        let lock = try FileLock(path: FileLock.notices(home: store.home))
        do { try lock.take() } catch JournalError.busy {
            progress.isElsewhere = true
            return progress
        }
        defer { lock.release() }
        let (due, channels) = try transact { (try Notices.due($0.db, at: post.now()), try NoticeChannels($0, post)) }
        var broken: Set<NoticeChannels.Kind> = []
        let began = post.now()
        for message in due {
            let kind = NoticeChannels.Kind(message.target)
            guard !broken.contains(kind), post.now() - began < NoticeRun.longest else {
                progress.waiting += 1
                continue
            }
            try Task.checkCancellation()
            do {
                let letter = NoticeLetter(
                    message.notice, message.part, account: channels.account, origin: channels.origin)
                let result = try await channels.send(letter, to: message.target)
                if case .failed(_, _, let breaks, _) = result, breaks { broken.insert(kind) }
                try record(result, of: message, &progress)
            } catch let trouble as NoticePost.Trouble {
                // Nothing was tried: it is due until there is a way.
                broken.insert(kind)
                progress.waiting += 1
                progress.note(trouble)
            }
        }
        return progress
    }

    private func record(_ result: NoticeResult, of message: DueNotice, _ progress: inout NoticeProgress) throws {
        let (notice, target) = (message.notice.number, message.target.text)
        let event: Event
        switch result {
        case .delivered:
            progress.delivered += 1
            event = .noticeDelivered(.init(notice: notice, part: message.part, target: target))
        case .failed(let reason, let hints, _, let isFinal):
            let isOver = isFinal || message.firstAt.map { post.now() - $0 > NoticeRun.patience } ?? false
            if isOver { progress.givenUp += 1 } else { progress.waiting += 1 }
            progress.note(NoticePost.Trouble(reason, hints: hints))
            event = .noticeUndelivered(
                .init(notice: notice, part: message.part, target: target, reason: reason, isFinal: isOver))
        }
        try transact { _ = try $0.append(event, .notice(notice)) }
    }
}
