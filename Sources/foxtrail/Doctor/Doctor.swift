import ArgumentParser
import ContactSync
import Projections

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the installation and its tenants, and say what to do; nothing is changed.",
        discussion: """
            Example: foxtrail doctor contoso.example

            Exit code 0: all is well, perhaps with warnings; else that of the first failure: 69 a tenant cannot be \
            reached, 76 the journal does not hold what was signed, 77 a tenant does not let us in, 78 something here is \
            not set up.
            """)
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The tenant's id or one of its domains; else all are checked.") var tenant: String?

    func run() async throws {
        let progress = ProgressLine(quiet: global.quiet)
        let findings = try await findings(progress)
        progress.clear()
        if global.json { findings.forEach { Output.json($0.json) } } else { show(findings) }
        for finding in findings {
            if case .fail(let code) = finding.result { throw Finished(code: code) }
        }
    }

    private func findings(_ progress: ProgressLine) async throws -> [Finding] {
        var findings = HomeChecks(home: global.directory, secrets: global.secrets).findings()
        guard let models = try? global.readModels() else { return findings }
        findings += ProofChecks(home: global.directory, journal: models.journal).findings()
        findings += InstallationChecks(models: models).findings()
        findings += ScheduleChecks(models: models).findings()
        findings += try await HelpDeskChecks(global: global, models: models).findings()
        findings += MailChecks(models: models, secrets: global.secrets).findings()
        findings += NoticeChecks(models: models, secrets: global.secrets).findings()
        let all = try models.read { try Installation.tenants($0) }
        let named = try tenant.map { [try TenantLookup.find($0, in: all)] }
        let tenants = named ?? all.filter { !$0.isDeleted }
        if tenants.isEmpty {
            findings.append(Finding("tenants", .warn, "no tenant is authorized", advice: "foxtrail tenant authorize"))
        }
        let log = try models.read { try SyncLog.fetch($0) }
        for tenant in tenants {
            let checks = TenantChecks(tenant: tenant, log: log, secrets: global.secrets, progress: progress)
            findings += try await checks.findings().map { $0.of(tenant.domain, tenant.id) }
        }
        return findings
    }

    private func show(_ findings: [Finding]) {
        Output.table(
            ["RESULT", "OF", "CHECK", "FOUND"],
            findings.map { [$0.result.word, $0.tenant ?? "installation", $0.check, $0.text] })
        let advised = findings.filter { $0.result != .ok && $0.advice?.isEmpty == false }
        if !advised.isEmpty { Output.line("") }
        for finding in advised {
            let place = [finding.tenant, finding.check].compactMap(\.self).joined(separator: ", ")
            Output.line(Output.printable("to do: \(place): \(finding.advice ?? "")"))
        }
    }
}
