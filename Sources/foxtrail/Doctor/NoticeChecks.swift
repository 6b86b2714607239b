import ContactSync
import Foundation
import GRDB
import Projections
import Webhook

/// Whether admins would be told, as far as it can be seen without telling them.
struct NoticeChecks {
    let models: ReadModels
    let secrets: Secrets

    func findings() -> [Finding] {
        do {
            return try models.read { db in
                let targets = try Notices.targets(db)
                guard !targets.isEmpty else {
                    return [
                        Finding(
                            "notices", .warn, "nobody is told when a sync fails or a secret expires",
                            advice: "foxtrail notice set --email admins, or --webhook URL --new-secret")
                    ]
                }
                return try [mail(targets, db), webhook(db), deliveries(targets, db)].compactMap(\.self)
            }
        } catch {
            return [Finding("notices", failed: error)]
        }
    }

    /// The server itself is checked as that of account e-mails.
    private func mail(_ targets: [NoticeTarget], _ db: Database) throws -> Finding? {
        let people = targets.filter { $0 != .webhook }.count
        if people == 0 {
            if try Notices.recipients(db).isNone { return nil }
            return Finding("notices by e-mail", .warn, "no admin is left to get them", advice: "foxtrail notice show")
        }
        guard try AccountMails.server(db) != nil else {
            return Finding(
                "notices by e-mail", .fail(.configuration), "no mail server is set", advice: "foxtrail mail set")
        }
        return Finding("notices by e-mail", .ok, "to \(people); foxtrail notice test tries it")
    }

    private func webhook(_ db: Database) throws -> Finding? {
        guard let webhook = try Notices.webhook(db) else { return nil }
        let advice = "foxtrail notice set --webhook \(webhook.url) --secret-file FILE"
        guard let text = try? secrets.load(.webhookSecret, hint: advice), WebhookSecret(text) != nil else {
            return Finding(
                "notices by webhook", .fail(.configuration), "the secret of the webhook is missing or damaged",
                advice: advice)
        }
        if webhook.hasOwnAuthority == true, access(secrets.source(.webhookAuthority), R_OK) != 0 {
            return Finding(
                "notices by webhook", .fail(.configuration), "the webhook's certificates to trust are missing",
                advice: "foxtrail notice set --webhook \(webhook.url) --ca-file FILE")
        }
        return Finding("notices by webhook", .ok, "to \(webhook.url); foxtrail notice test tries it")
    }

    private func deliveries(_ targets: [NoticeTarget], _ db: Database) throws -> Finding {
        let open = try Notices.open(db)
        let failed = try open.flatMap { try Notices.deliveries(of: $0.number, db) }
            .filter { $0.state != .delivered && targets.contains($0.target) }
        if let latest = failed.max(by: { $0.at < $1.at }) {
            return Finding(
                "notices sent", .warn,
                "\(failed.count) did not get through, the last one because \(latest.reason ?? "")",
                advice: "foxtrail notice list shows them; foxtrail notice send tries again")
        }
        let waiting = try Notices.due(db, at: models.time).count
        if waiting > 0 {
            return Finding("notices sent", .warn, "\(waiting) to be sent", advice: "foxtrail notice send")
        }
        return Finding("notices sent", .ok, open.isEmpty ? "none is open" : "\(open.count) open, and all told")
    }
}
