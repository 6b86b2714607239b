import ContactSync
import GRDB
import Projections

/// What an installation is set to beside its tenants: what `settings export` writes first, and `settings apply` takes.
struct InstallationSettings {
    var account: Account
    var hasApp: Bool
    var desk: HelpDesk
    /// In the order in which they were added.
    var agents: [Agent]
    /// The number of the next agent who is added.
    let nextAgent: Int64
    var fields: [FieldDefinition]
    var mail: MailServer?
    /// Nil where the usual texts are sent.
    var mailTexts: MailTemplate?
    /// Secrets that a file refers to, and that are not those that are kept.
    var newSecrets: [Secrets.Other: String] = [:]
    /// What is to be told of the files that hold them: who else can read them.
    var exposures: [String] = []

    /// Nil where no account was opened yet.
    static func fetch(_ db: Database) throws -> InstallationSettings? {
        guard let account = try Installation.account(db) else { return nil }
        return InstallationSettings(
            account: account, hasApp: try Installation.isAppInstalled(db), desk: try HelpDeskState.fetch(db).desk,
            agents: try Installation.agents(db), nextAgent: try Installation.nextAgent(db),
            fields: try Installation.fields(db), mail: try AccountMails.server(db),
            mailTexts: try AccountMails.template(db))
    }

    static func required(_ db: Database) throws -> InstallationSettings {
        guard let settings = try fetch(db) else {
            throw Failure(.configuration, "there is no account", ["foxtrail init"])
        }
        return settings
    }
}
