import ContactSync
import Foundation
import GRDB
import Mail
import Projections

/// Account e-mails, as far as it can be told without sending one.
struct MailChecks {
    let models: ReadModels
    let secrets: Secrets

    func findings() -> [Finding] {
        do {
            let (server, mailing) = try models.read { db in
                let tenants = try Installation.tenants(db).filter { !$0.isDeleted && $0.settings.accountEmail }
                return (try AccountMails.server(db), tenants.map(\.domain))
            }
            guard let server else { return [missing(mailing)] }
            return [kept(server), try latest()]
        } catch {
            return [Finding("mail", failed: error)]
        }
    }

    private func missing(_ mailing: [String]) -> Finding {
        guard let first = mailing.first else { return Finding("mail", .ok, "no tenant has accountEmail on") }
        return Finding(
            "mail", .warn, "accountEmail is on for \(first), and no mail server is set", advice: "foxtrail mail set")
    }

    /// What is kept for the server; that nobody else can read it is checked with all secrets.
    private func kept(_ server: MailServer) -> Finding {
        let needed = [
            server.user == nil ? nil : Secrets.Other.mailPassword,
            server.hasOwnAuthority == true ? .mailAuthority : nil,
        ].compactMap { $0 }
        if let lost = needed.first(where: { access(secrets.path($0), R_OK) != 0 }) {
            return Finding(
                "mail", .fail(.configuration), "the \(lost.words) is missing",
                advice: "foxtrail mail set stores it again")
        }
        return Finding("mail", .ok, "\(server.address), \(server.security.words); foxtrail mail test tries it")
    }

    /// What did not arrive since the latest sync began, and what still waits.
    private func latest() throws -> Finding {
        let (counts, waiting) = try models.read { db in
            let start = try SyncLog.fetch(db)?.startedAt ?? 0
            let states: [AccountMail.State] = [.permanent, .unknown, .requested]
            return (try states.map { try AccountMails.count(db, [$0], since: start) }, try AccountMails.waiting(db))
        }
        let parts = [
            (counts[0], "refused"), (counts[1] + counts[2], "perhaps sent, not sent again"), (waiting, "waiting"),
        ].filter { $0.0 > 0 }
        guard !parts.isEmpty else { return Finding("account e-mails", .ok, "none was refused lately, and none waits") }
        return Finding(
            "account e-mails", .warn, parts.map { "\($0.0) \($0.1)" }.joined(separator: ", "),
            advice: "foxtrail mail list shows them")
    }
}
