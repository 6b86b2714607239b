import ContactSync
import GRDB
import HTTP
import HappyFox
import Projections
import SyncEngine

/// Brings an installation to what a settings file says: all of it, or nothing.
struct ConfigurationSave {
    let global: GlobalOptions

    func apply(_ edit: @escaping (inout InstallationSettings) throws -> Void) async throws {
        try await apply(ConfigurationFile(edit), isDryRun: false)
    }

    /// - Parameter isDryRun: Everything is checked and told, and nothing is changed.
    func apply(_ file: ConfigurationFile, isDryRun: Bool) async throws {
        let actor = try global.permittedActor()
        let models = try global.readModels()
        // What is refused anyway is refused before anybody is asked.
        let draft = try models.read { try plan(file, .init(), $0) }
        var answers = ConfigurationPlan.Answers()
        answers.groups = try await groups(file, models)
        answers.fields = try await fields(draft)
        if isDryRun { return tell(try models.read { try plan(file, answers, $0) }, isDryRun: true, sync: nil) }
        let done = try whileNoSyncRuns(draft.changesDesk) { try save(file, answers) }
        for exposure in done.new.exposures { Notice.hint(exposure, quiet: global.quiet) }
        if !global.json { tell(done, isDryRun: false, sync: nil) }
        try await SettingsEffect(global: global).follow(
            as: actor, enables: done.enablesSync, beginsMailing: done.beginsMailing
        ) { sync in
            if global.json { tell(done, isDryRun: false, sync: sync) }
        }
    }

    private func plan(
        _ file: ConfigurationFile, _ answers: ConfigurationPlan.Answers, _ db: Database
    ) throws -> ConfigurationPlan {
        try ConfigurationPlan(file, answers, global.secrets, db)
    }

    /// One transaction, secrets and all.
    private func save(_ file: ConfigurationFile, _ answers: ConfigurationPlan.Answers) throws -> ConfigurationPlan {
        try global.change { transaction, secrets in
            let plan = try plan(file, answers, transaction.db)
            for (secret, text) in plan.new.newSecrets { secrets.keep(text, as: secret) }
            plan.goneSecrets.forEach { secrets.remove($0) }
            for planned in plan.events { try transaction.append(planned.event, planned.subject) }
            return plan
        }
    }

    /// A sync that runs writes to the help desk that it began with.
    private func whileNoSyncRuns<T>(_ isNeeded: Bool, _ body: () throws -> T) throws -> T {
        isNeeded ? try SyncLock.keepingOut(home: global.directory, body) : try body()
    }

    /// Asks each tenant for the groups that its document names.
    private func groups(_ file: ConfigurationFile, _ models: ReadModels) async throws -> [TenantID: [ChosenGroup]] {
        let all = try models.read { try Installation.tenants($0) }.filter { !$0.isDeleted }
        var found: [TenantID: [ChosenGroup]] = [:]
        for document in file.tenants {
            guard let names = try document.groups() else { continue }
            let tenant = try ConfigurationPlan.tenant(of: document, in: all)
            found[tenant.id] = try await EntraSession(global: global).with(tenant) { client in
                try await GroupChoice(client: client, selected: tenant.settings.chosenGroups).find(names)
            }
        }
        return found
    }

    /// Tries the key of a help desk that is reached in another way, and reads the fields of one that is new.
    private func fields(_ draft: ConfigurationPlan) async throws -> [FieldDefinition]? {
        guard draft.changesDesk, draft.new.desk.isRemote, let url = draft.new.desk.url else { return nil }
        let key =
            try draft.new.newSecrets[.happyFoxKey]
            ?? global.secrets.load(.happyFoxKey, hint: "name a file that holds it: helpDesk.apiKeyFile")
        let web = try HelpDeskAccess.web()
        let client = HappyFoxClient(root: try HappyFoxRoot(url), key: try HappyFoxKey(key), web: web, gate: .open)
        let fields: Result<[FieldDefinition], any Error>
        do {
            _ = try await client.probe()
            fields = .success(try await client.fields())
        } catch { fields = .failure(error) }
        await web.shutdown()
        return try fields.get()
    }

    private func tell(_ plan: ConfigurationPlan, isDryRun: Bool, sync: JSONValue?) {
        if global.json {
            let changes = plan.changes.map { JSONValue.object([("tenant", JSONValue($0.tenant))] + $0.json) }
            let tenant = plan.tenants.count == 1 ? plan.tenants.first?.domain : nil
            return Output.change(
                plan.events.map(\.event),
                [
                    ("tenant", JSONValue(tenant)), ("changes", .array(changes)), ("dryRun", .bool(isDryRun)),
                    ("sync", sync ?? .null),
                ])
        }
        if global.quiet, !isDryRun { return }
        for line in plan.lines.isEmpty ? ["nothing to change"] : plan.lines { Output.line(Output.printable(line)) }
        if isDryRun, !plan.changes.isEmpty { Output.line("nothing was changed: without --dry-run it is") }
        if isDryRun, plan.enablesSync { Output.line("and the first sync would start at once") }
    }
}
