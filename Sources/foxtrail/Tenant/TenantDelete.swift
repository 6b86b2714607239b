import ArgumentParser
import ContactSync
import Foundation
import Projections

struct TenantDelete: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Forget a tenant and its secrets; its contacts and its history stay.",
        discussion: "Example: foxtrail tenant delete contoso.example --yes")
    @OptionGroup var global: GlobalOptions
    @Argument(help: TenantLookup.help) var tenant: String?
    @Flag(help: "Do not ask.") var yes = false

    func run() throws {
        _ = try global.permittedActor()
        let found = try TenantLookup.find(
            tenant, in: global.readModels().read { try Installation.tenants($0) }, withDeleted: true)
        if !yes, !found.isDeleted { try ask(found) }
        let (events, tenant) = try TenantSwitch.change(global, found.id.rawValue, withDeleted: true) { tenant in
            tenant.isDeleted ? [] : [.tenantDeleted(.init(tenant: tenant.id))]
        }
        // Also after a crash that left them behind.
        try global.secrets.remove(of: tenant.id)
        let text = "deleted \(tenant.domain); its contacts and its history stay"
        global.tell(events, tenant.json, events.isEmpty ? "\(tenant.domain) was deleted already" : text)
    }

    private func ask(_ tenant: Tenant) throws {
        guard isatty(STDIN_FILENO) == 1 else {
            throw Failure(.usage, "nobody can be asked whether to delete \(tenant.domain)", ["--yes goes on without"])
        }
        let question = Output.printable("Delete the tenant \(tenant.domain) and its secrets? Its contacts stay. [y/N] ")
        _ = Descriptor.write(Array(question.utf8), to: STDERR_FILENO)
        guard ["y", "yes"].contains(readLine()?.trimmingCharacters(in: .whitespaces).lowercased()) else {
            Notice.tell(["nothing was deleted"])
            throw Finished(code: .done)
        }
    }
}
