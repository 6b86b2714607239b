import HappyFox

/// How much there is to tell the help desk, how long it will take, and how far it has come.
final class HelpDeskPace {
    /// Counted before anything is looked at.
    struct Work {
        var contacts = 0
        var renames = 0
        var targets = 0

        mutating func add(_ outlook: RecordDecider.Outlook) {
            guard case .open(let targets, let isRename) = outlook else { return }
            contacts += 1
            self.targets += targets.count
            if isRename { renames += 1 }
        }
    }

    /// A server may still be at work on a request whose sender has gone: a write without an answer is looked after when it
    /// is so old, in milliseconds. To look earlier would find nothing, and send it once more.
    private static let settling: Int64 = 5_000

    private let budget: RequestBudget
    private let connection: HelpDeskConnection
    private let now: () -> Int64
    private var total = 0
    private(set) var written = 0

    init(budget: RequestBudget, connection: HelpDeskConnection, now: @escaping () -> Int64) {
        self.budget = budget
        self.connection = connection
        self.now = now
    }

    /// Tells how long so many contacts will take.
    func announce(_ work: Work, reads: Int) {
        total = work.contacts
        guard total > 0 else { return }
        let posts = (total + HappyFoxClient.bulkSize - 1) / HappyFoxClient.bulkSize + work.renames
        let time = budget.projection(gets: reads, posts: posts)
        connection.progress(.projected(contacts: total, milliseconds: time))
    }

    func wrote(_ count: Int) {
        written += count
        if count > 0 { connection.progress(.writing(contacts: written, of: max(total, written))) }
    }

    /// A request may leave.
    func ready() async throws { try await budget.ready(for: .post) }

    /// - Parameter time: When the newest of the writes may have left; nil for just now.
    func waitUntilSettled(since time: Int64?) async throws {
        let age = time.map { now() - $0 } ?? 0
        let left = min(HelpDeskPace.settling, HelpDeskPace.settling - age)
        guard left > 0 else { return }
        connection.progress(.waiting(HelpDeskWait(reason: .unanswered, until: now() + left)))
        try await connection.sleep(.milliseconds(left))
    }
}
