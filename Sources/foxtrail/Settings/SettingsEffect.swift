import ContactSync
import Projections
import SyncEngine

/// What comes of settings when they are saved: a hint, or the first sync.
struct SettingsEffect {
    let global: GlobalOptions

    /// - Parameters:
    ///   - actor: Who saved them, and so starts the sync: even one whom they just took the permission.
    ///   - enables: Contact sync is newly on, for one tenant or several: one sync starts at once.
    ///   - beginsMailing: Account e-mails are newly on.
    ///   - report: Tells what was saved, and how the sync came out where one ran.
    func follow(
        as actor: String, enables: Bool, beginsMailing: Bool, report: (_ sync: JSONValue?) -> Void
    ) async throws {
        // A sync says so itself.
        if !enables, beginsMailing, try !hasMailServer {
            Notice.hint("account e-mails wait until a mail server is set: foxtrail mail set", quiet: global.quiet)
        }
        guard enables else { return report(nil) }
        let session = SyncSession(global: global)
        let log: SyncLog
        do { log = try await session.run(.enabled, as: actor) } catch {
            report(nil)
            if error is CancellationError { throw error }
            let failure = Failure(describing: error)
            throw Failure(failure.code, failure.message, failure.hints + ["the settings are saved all the same"])
        }
        report(try session.json(log))
        if !global.json { try session.show(log) }
        try session.conclude(log)
    }

    private var hasMailServer: Bool {
        get throws { try global.readModels().read { try AccountMails.server($0) } != nil }
    }
}
