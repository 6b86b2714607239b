import ArgumentParser
import ContactSync
import Projections

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the installation and its tenants, and say what to do; nothing is changed.",
        discussion: """
            Example: foxtrail doctor
            Example: foxtrail doctor contoso.example --json

            One page: version, files and their rights, disk space, journal, read models, help desk, mail, then each \
            tenant. Less than 100 MiB of disk space is a failure, less than 1 GiB or twice the size of the journal a \
            warning. Only what Entra ID renews when it is asked is stored, as after every use.

            Exit code 0: all is well, perhaps with warnings; else that of the worst failure, in this order: 76 the \
            journal does not hold what was signed, 74 the disk, 73 files cannot be written, 70 our bug, 78 something \
            here is not set up, 77 a tenant or the help desk does not let us in, 69 one of them cannot be reached.
            """)
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The tenant's id or one of its domains; else all are checked.") var tenant: String?

    func run() async throws {
        let progress = ProgressLine(quiet: global.quiet)
        let findings = try await findings(progress)
        progress.clear()
        if global.json { findings.forEach { Output.json($0.json) } } else { DoctorPage(findings: findings).show() }
        if let code = Finding.worst(of: findings) { throw Finished(code: code) }
    }

    private func findings(_ progress: ProgressLine) async throws -> [Finding] {
        let home = global.directory
        let checks = HomeChecks(home: home, secrets: global.secrets)
        var findings = [JournalChecks.version] + checks.findings()
        guard checks.isThere else { return findings }
        findings += JournalChecks(home: home).findings()
        guard let models = try? global.folding({ try ReadModels(observing: home, progress: $0) }) else {
            return findings
        }
        findings += ProofChecks(home: home, journal: models.journal).findings()
        findings += InstallationChecks(models: models).findings()
        findings += ScheduleChecks(models: models).findings()
        findings += try await HelpDeskChecks(global: global, models: models).findings()
        findings += MailChecks(models: models, secrets: global.secrets).findings()
        findings += NoticeChecks(models: models, secrets: global.secrets).findings()
        return findings + (try await tenants(models, progress))
    }

    private func tenants(_ models: ReadModels, _ progress: ProgressLine) async throws -> [Finding] {
        let all = try models.read { try Installation.tenants($0) }
        let named = try tenant.map { [try TenantLookup.find($0, in: all)] }
        let tenants = named ?? all.filter { !$0.isDeleted }
        if tenants.isEmpty {
            return [Finding("tenants", .warn, "no tenant is authorized", advice: "foxtrail tenant authorize")]
        }
        let log = try models.read { try SyncLog.fetch($0) }
        var findings: [Finding] = []
        for tenant in tenants {
            let checks = TenantChecks(tenant: tenant, log: log, secrets: global.secrets, progress: progress)
            findings += try await checks.findings().map { $0.of(tenant.domain, tenant.id) }
        }
        return findings
    }
}
