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
            return try models.read { db in
                let tenants = try Installation.tenants(db).filter { !$0.isDeleted }
                let mailing = tenants.filter(\.settings.accountEmail)
                let held = try tenants.filter { !$0.settings.accountEmail }.compactMap { try self.held($0, db) }
                guard let server = try AccountMails.server(db) else {
                    return [missing(mailing.map(\.domain))] + [try latest(mailing, db)].compactMap(\.self) + held
                }
                let well = Finding("account e-mails", .ok, "none was refused lately, and none waits")
                let latest = try latest(mailing, db) ?? (held.isEmpty ? well : nil)
                return [kept(server)] + [latest].compactMap(\.self) + held
            }
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
        if let lost = needed.first(where: { access(secrets.source($0), R_OK) != 0 }) {
            return Finding(
                "mail", .fail(.configuration), "the \(lost.words) is missing",
                advice: "foxtrail mail set stores it again")
        }
        return Finding("mail", .ok, "\(server.address), \(server.security.words); foxtrail mail test tries it")
    }

    /// What did not arrive since the latest sync began, and what the next one will send; nil where there is nothing.
    private func latest(_ mailing: [Tenant], _ db: Database) throws -> Finding? {
        let start = try SyncLog.fetch(db)?.startedAt ?? 0
        let parts = [
            (try AccountMails.count(db, [.permanent], since: start), "refused for ever"),
            (try AccountMails.count(db, [.unknown, .requested], since: start), "perhaps sent, not sent again"),
            (try AccountMails.toSend(db, of: mailing.map(\.id)).count, "waiting"),
        ].filter { $0.0 > 0 }
        guard !parts.isEmpty else { return nil }
        return Finding(
            "account e-mails", .warn, parts.map { "\($0.0) \($0.1)" }.joined(separator: ", "),
            advice: "foxtrail mail list shows them")
    }

    /// What was due when accountEmail was switched off for a tenant.
    private func held(_ tenant: Tenant, _ db: Database) throws -> Finding? {
        let count = try AccountMails.toSend(db, of: [tenant.id]).count
        guard count > 0 else { return nil }
        return Finding(
            "account e-mails", .warn, "\(count) waiting, because accountEmail is off",
            advice: "foxtrail settings set accountEmail true --tenant \(tenant.domain) has the next sync send them, "
                + "and those of new contacts; while it is off they wait and nothing is sent"
        ).of(tenant.domain, tenant.id)
    }
}
