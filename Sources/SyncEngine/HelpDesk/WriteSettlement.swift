import ContactSync
import HappyFox
import Journal
import Projections

/// Settles writes without an outcome by reading: nothing is sent again before it is known what became of it.
struct WriteSettlement {
    private static let page = 100

    let view: HelpDeskView
    let pace: HelpDeskPace
    let transact: (_ body: (Store.Transaction) throws -> Void) throws -> Void
    /// The writes are of this very sync, whose answers have just got lost.
    let isFresh: Bool

    /// Returns those that were not carried out, or only in part: they are to be decided again.
    func callAsFunction() async throws -> [HelpDeskStage.Candidate] {
        var again: [HelpDeskStage.Candidate] = []
        var last: Int64 = 0
        while true {
            var pending: [PendingWrite] = []
            try transact { transaction in
                pending = try PendingWrite.fetch(
                    transaction.projector, journal: transaction.appender.db, after: last, limit: WriteSettlement.page)
            }
            guard let end = pending.last else { return again }
            if last == 0 { try await pace.waitUntilSettled(since: isFresh ? nil : lastSent()) }
            last = end.user.id
            again += try await settle(pending)
        }
    }

    /// When the last write may have left: each is reserved just before.
    private func lastSent() throws -> Int64 {
        var times: [Int64] = []
        try transact { times = try RecentRequests.fetch($0.db).filter { $0.posts > 0 }.map(\.at) }
        return times.max() ?? 0
    }

    private func settle(_ pending: [PendingWrite]) async throws -> [HelpDeskStage.Candidate] {
        let targets = pending.map { HelpDeskStage.targets(of: $0.write) }
        view.forgetList()
        for target in targets.joined() { view.forget(target) }
        try await view.refresh(Array(targets.joined()))
        var again: [HelpDeskStage.Candidate] = []
        try transact { transaction in
            for (write, targets) in zip(pending, targets) {
                guard let row = try transaction.projector.users.row(id: write.user.id) else { continue }
                let event =
                    write.isErased
                    ? .contactWriteAbandoned(.init(reason: "what was asked for is erased"))
                    : try outcome(write.write, row, transaction.projector)
                try transaction.append(event, of: row)
                if case .contactWriteAbandoned = event {
                    again.append(HelpDeskStage.Candidate(user: row.id, targets: targets))
                } else {
                    pace.wrote(1)
                }
            }
        }
        return again
    }

    private func outcome(
        _ write: ContactWriteRequested, _ row: UsersTable.Row, _ projector: Projector
    ) throws -> Event {
        switch write {
        case .create(let asked):
            guard let known = try projector.contacts.row(email: asked.email), let held = view.contact(known.contact.id)
            else { return .contactWriteAbandoned(.init(reason: "the contact was not made")) }
            guard known.user == nil || known.user == row.id, held.holds(write, view.fields) else {
                return .contactWriteAbandoned(.init(reason: "another contact has the address"))
            }
            return .contactCreated(.init(contact: held.contact(view.fields, known: asked)))
        case .update(let update):
            guard let held = view.contact(update.contact), held.holds(write, view.fields) else {
                return .contactWriteAbandoned(.init(reason: "the contact does not hold it, or not all of it"))
            }
            return .contactUpdated(update)
        }
    }
}
