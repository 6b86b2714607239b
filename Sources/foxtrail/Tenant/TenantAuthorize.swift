import ArgumentParser
import ContactSync
import Projections

struct TenantAuthorize: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authorize", abstract: "Let foxtrail read a tenant; again for one that it knows to renew it.",
        discussion: """
            Example: foxtrail tenant authorize --client-id 1111... --device-code
            Example: foxtrail tenant authorize --tenant contoso.example \\
                         --client-id 1111... --certificate app.pem

            The first signs in as a person, the second as the app. Without --tenant it is the tenant of whoever signs in. Secrets are copied into the home directory.
            """)
    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("The tenant's id or one of its domains.", valueName: "id|domain")) var tenant: String?
    @OptionGroup(title: "Signing in") var options: SignInOptions

    func validate() throws {
        try options.requireWay()
        if tenant?.isEmpty == true { throw ValidationError("--tenant is empty") }
        if options.isApplication, tenant == nil {
            throw ValidationError("an app that signs in by itself needs --tenant: an id or a domain")
        }
    }

    func run() async throws {
        let authorization = try Authorization(global, options)
        guard let way = try options.way(quiet: global.quiet) else { return }
        try await authorization.run(tenant: tenant, way: way)
    }
}

struct TenantReauthorize: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reauthorize", abstract: "Authorize a tenant again; its links, settings and history stay.",
        discussion: """
            Example: foxtrail tenant reauthorize contoso.example --client-secret-file new-secret.txt \\
                         --secret-expires 2027-05-31

            What is not named stays as it is. Without a way to sign in, the one of before is tried again: the secret or \
            certificate that is kept, or a device code for a person.
            """)
    @OptionGroup var global: GlobalOptions
    @Argument(help: TenantLookup.help) var tenant: String?
    @OptionGroup(title: "Signing in") var options: SignInOptions

    func run() async throws {
        let authorization = try Authorization(global, options)
        let tenant = try TenantLookup.find(
            tenant, in: global.readModels().read { try Installation.tenants($0) })
        let way = try options.way(quiet: global.quiet) ?? Way(again: tenant, global.secrets)
        try await authorization.run(tenant: tenant.id.rawValue, way: way, known: tenant)
    }
}
