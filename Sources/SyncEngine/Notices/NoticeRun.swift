package import ContactSync
import GRDB
import Journal
package import Projections

/// Tells admins what stands: first what is to be told becomes durable, then it is sent, then the journal says whom it has
/// reached. A crash in between sends again what may have arrived, under the same id.
package struct NoticeRun {
    let store: Store
    let actor: String
    let sync: Int64?
    let isPaced: Bool
    let post: NoticePost

    /// - Parameters:
    ///   - sync: The sync behind which it runs; nil in between.
    ///   - isPaced: What did not get through is tried again ever more seldom: for whoever runs it by the hour.
    package init(store: Store, actor: String, sync: Int64? = nil, isPaced: Bool = false, post: NoticePost) {
        self.store = store
        self.actor = actor
        self.sync = sync
        self.isPaced = isPaced
        self.post = post
    }

    /// Both, as in between of syncs: what expires is told on its day, and what did not get through is sent again.
    package func callAsFunction() async throws -> (events: [Event], progress: NoticeProgress) {
        (try raise(), try await deliver())
    }

    /// Raises what stands and was not told, clears what is over, and returns these events.
    @discardableResult
    package func raise() throws -> [Event] {
        try transact { transaction in
            let db = transaction.db
            let open = try Notices.open(db).map { OpenNotice(number: $0.number, cause: $0.raised.cause) }
            let events = try NoticeRules.events(
                NoticeFindings.find(db, at: post.now()), open: open, last: Notices.last(db))
            for event in events { try transaction.append(event, event.notice.map { .notice($0) }) }
            return events
        }
    }

    func transact<T>(_ body: (Store.Transaction) throws -> T) throws -> T {
        try store.transact(Occasion(actor: actor, sync: sync, time: post.now()), body)
    }
}

extension Event {
    /// The number of the notice that an event is about.
    var notice: Int64? {
        switch self {
        case .noticeRaised(let raised): raised.notice
        case .noticeCleared(let cleared): cleared.notice
        case .noticeDelivered(let delivered): delivered.notice
        case .noticeUndelivered(let failed): failed.notice
        default: nil
        }
    }
}
