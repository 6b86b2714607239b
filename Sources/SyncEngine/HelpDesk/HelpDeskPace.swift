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

    /// After a lost answer the server gets so long to finish what it may still be doing.
    private static let pause: Duration = .seconds(3)

    private let budget: RequestBudget
    private let connection: HelpDeskConnection
    private var total = 0
    private(set) var written = 0

    init(budget: RequestBudget, connection: HelpDeskConnection) {
        self.budget = budget
        self.connection = connection
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

    func pauseBeforeReading() async throws { try await connection.sleep(HelpDeskPace.pause) }
}
