import ContactSync
import EntraID
import Projections

/// Reads the selected users of one tenant to the end: the changes since the last read, everybody, or the members of groups.
struct TenantReader {
    let syncer: Syncer
    let plan: TenantPlan
    let run: SyncRun
    let client: EntraClient

    func read() async throws {
        if case .groups(let ids) = plan.tenant.settings.users {
            return try await again { try await readMembers(of: ids) }
        }
        let reason = plan.reasonToReadEverybody(at: syncer.now())
        if reason == nil, let link = plan.tenant.deltaLink, try await readChanges(behind: link) { return }
        try await again { try await readEverybody(reason ?? .stateLost) }
    }

    /// False where Graph no longer knows the link, or loses the round half way: then everybody is to be read.
    private func readChanges(behind link: String) async throws -> Bool {
        guard let first = try await firstPage(behind: link) else { return false }
        do {
            var intake = PageIntake(plan: plan, extent: .changes)
            guard case .delta(let next) = try await follow(first, &intake) else { throw EntraError.incompleteRound }
            try syncer.conclude(intake, run, deltaLink: next, reason: nil)
            return true
        } catch let error as EntraError where error.kind == .syncStateLost || error.kind == .pageExpired {
            return false
        }
    }

    /// Nil where the link is worth nothing any more, whatever Graph says for it: no link may lock a tenant out.
    private func firstPage(behind link: String) async throws -> UsersPage? {
        do {
            return try await client.usersPage(.next(link))
        } catch let error as EntraError {
            let isRefused = error.status.map { [400, 404, 410].contains($0) } ?? false
            guard isRefused || error.kind == .syncStateLost || error.kind == .pageExpired else { throw error }
            return nil
        }
    }

    private func readEverybody(_ reason: SelectionRead.Reason) async throws {
        var intake = PageIntake(plan: plan, extent: .full)
        let first: UsersPage
        do {
            first = try await client.usersPage(.deltaStart(select: plan.properties))
        } catch let error as EntraError where !error.refusedProperties.isEmpty {
            _ = try await follow(client.usersPage(.listStart(select: plan.properties)), &intake)
            return try syncer.conclude(intake, run, deltaLink: nil, reason: .noDelta)
        }
        guard case .delta(let link) = try await follow(first, &intake) else { throw EntraError.incompleteRound }
        try syncer.conclude(intake, run, deltaLink: link, reason: reason)
    }

    /// The union of the groups: who is in two of them is met twice and says nothing new the second time.
    private func readMembers(of groups: [String]) async throws {
        var intake = PageIntake(plan: plan, extent: .full)
        for group in groups {
            let first: UsersPage
            do {
                first = try await client.usersPage(.membersStart(group: group, select: plan.memberProperties))
            } catch let error as EntraError where error.status == 404 {
                throw EntraError.groupGone(group, plan.tenant.settings.groupNames[group])
            }
            _ = try await follow(first, &intake)
        }
        try syncer.conclude(intake, run, deltaLink: nil, reason: .noDelta)
    }

    /// Graph lets page links expire, and may reset a round half way; a read of everybody is begun again once.
    private func again(_ read: () async throws -> Void) async throws {
        do {
            try await read()
        } catch let error as EntraError where error.kind == .pageExpired || error.kind == .syncStateLost {
            try await read()
        }
    }

    private static let mostEmptyPages = 100

    /// Takes in a page and all that follow: the next one is fetched while this one is worked on. Returns how it ended.
    private func follow(_ first: UsersPage, _ intake: inout PageIntake) async throws -> UsersPage.End {
        // Only their hashes: a million users make ten thousand long links.
        var visited: Set<Int> = []
        let client = client
        var page = first
        var empty = 0
        while case .next(let next) = page.end {
            guard visited.insert(next.hashValue).inserted else { throw EntraError.repeatedLink }
            async let following = client.usersPage(.next(next))
            try syncer.take(page, &intake, run)
            empty = page.objects.isEmpty ? empty + 1 : 0
            guard empty < TenantReader.mostEmptyPages else { throw EntraError.emptyPages }
            page = try await following
        }
        try syncer.take(page, &intake, run)
        return page.end
    }
}

extension EntraError {
    /// A server that sends us in a circle would keep us there for ever.
    static let repeatedLink = EntraError(.unexpected, "graph repeated a link to the next page")
    static let emptyPages = EntraError(.unexpected, "graph sent a hundred pages without a user, and no end")
    /// Without its delta link a round was not complete, and nothing may be concluded from it.
    static let incompleteRound = EntraError(.unexpected, "graph ended the read without a delta link")

    /// Only a read of everybody tells who this is.
    static let partOfAStranger = EntraError(.syncStateLost, "graph sent a part of a user who is not known")

    static func groupGone(_ id: String, _ name: String?) -> EntraError {
        EntraError(
            .unexpected, "the selected group \(name.map { "\($0) (\(id))" } ?? id) no longer exists",
            hints: ["choose other groups: foxtrail settings groups lists them"])
    }

    static func nameless(_ count: Int) -> EntraError {
        EntraError(
            .unexpected, "graph sent \(count) \(count == 1 ? "entry" : "entries") without a usable id",
            hints: ["the other users were synced; the next sync reads the same again"])
    }
}
