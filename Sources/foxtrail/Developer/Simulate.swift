import ArgumentParser
import Foundation
import Simulators

struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Far ends that speak the real protocols, for trying and testing.",
        discussion: "Example: foxtrail simulate entra --users 500",
        subcommands: [SimulateEntra.self, SimulateHappyFox.self])
}

struct SimulateEntra: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "entra", abstract: "Serve simulated Entra ID tenants on loopback until interrupted.",
        discussion: """
            Prints its base URL when ready: the root of both the sign-in pages and Graph.
            Example: foxtrail simulate entra --users 3000 --port 8080 --fault throttle:every=5,retry-after=0.2

            FAULTS are KIND or KIND:OPTION=VALUE,OPTION=VALUE...
              which requests  at=2+7 (from 1) | every=N | from=N; without any, all
              counted alone   scope=data|users|delta|groups|members|organization|
                              token|authorize|deviceCode|metadata
              any request     throttle, unavailable, gatewayTimeout
                              [retry-after=S|date]; drop [after=head]; truncate;
                              notJSON; slow, clockSkew [seconds=S]
              Graph refuses   unauthorized, claimsChallenge, forbidden, gone,
                              expiredDelta [status=400|404|410], expiredPage
              pages           emptyPage, repeatNextLink, duplicate,
                              omittedNulls, staleMembers
              delta only      replay, outOfOrder, staleFirst, removedTwice,
                              restored, explicitNulls
              sign-in         aadsts code=N (any number; with scope=authorize
                              the browser brings it back), slowDown, noRoles,
                              personalAccount, wrongState, badIDToken
                              [what=iss|aud|exp|nbf|nonce|tid|kid|signature]

            WHILE IT RUNS, without a token:
              GET /simulator             tenants, applications, permissions
              GET /simulator/requests    how many of each kind; DELETE forgets
              PUT /simulator/faults      [{"kind":"throttle","at":[1]}]
              GET /simulator/groups      ids, names and sizes
              PUT /simulator/consent     {"permissions":["User.Read.All"],
                                          "tenant":"contoso.example"}
              PUT /simulator/secret      {"state":"valid|revoked|expired"}
              POST /simulator/certificates   a PEM text; DELETE removes all
              POST /simulator/revoke-sessions
            Users, groups and members are changed as in Graph.
            """
    )
    @OptionGroup(title: "Directory") var directory: DirectoryOptions
    @OptionGroup(title: "Application") var application: ApplicationOptions
    @OptionGroup(title: "Server") var server: ServerOptions

    func run() async throws {
        var configuration = EntraSimulator.Configuration()
        do {
            directory.apply(to: &configuration)
            try application.apply(to: &configuration)
            try server.apply(to: &configuration)
        } catch let error as Fault.ParsingError {
            throw Failure(.usage, "\(error)")
        }
        let scheme = configuration.tls == nil ? "http" : "https"
        try await EntraSimulator(configuration).run { port in
            Output.line("\(scheme)://localhost:\(port)")
            SimulateEntra.tell("\(scheme)://localhost:\(port)")
        }
    }
}

extension SimulateEntra {
    /// How to get at it, for people: programs read the URL alone.
    fileprivate static func tell(_ url: String) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        let text = """
            hint: the client secret is simulated-secret; GET \(url)/simulator tells the rest
            hint: foxtrail tenant authorize --tenant contoso.example --client-id 00001111-aaaa-4222-8333-bbbbccccdddd \\
                --client-secret-file FILE --authority \(url) --graph \(url)

            """
        _ = Descriptor.write(Array(text.utf8), to: STDERR_FILENO)
    }
}

struct DirectoryOptions: ParsableArguments {
    @Option(help: "The same seed gives the same tenants.") var seed: UInt64 = 1
    @Option(help: "How many users each tenant has.") var users = 250
    @Option(help: "How many tenants there are, each with its own users, groups and application.") var tenants = 1
    @Option(help: "How many more groups besides those of every kind.") var teams = 0
    @Option(help: "Users a delta page.") var pageSize = 200
    @Flag(help: "No value that could make a record fail.") var clean = false

    func apply(to configuration: inout EntraSimulator.Configuration) {
        configuration.seed = seed
        configuration.users = users
        configuration.tenants = tenants
        configuration.teams = teams
        configuration.pageSize = pageSize
        configuration.clean = clean
    }
}

struct ApplicationOptions: ParsableArguments {
    @Option(help: "A PEM certificate that the application may sign with.", completion: .file())
    var certificate: [String] = []
    @Option(help: "Seconds after which the secret is expired.") var secretLifetime: Double?
    @Option(help: "Seconds for which an access token is good.") var tokenLifetime = 3600
    @Option(help: "A permission it asks for, such as User.Read.All. (default: what Foxtrail needs)")
    var permission: [String] = []
    @Flag(help: "Nobody has consented yet.") var unconsented = false
    @Flag(help: "People sign in with a credential of the application only.") var confidential = false
    @Option(help: "Where sign-ins may go; the port of loopback is not compared. (default: http://localhost)")
    var redirectURI: [String] = []
    @Option(help: "Seconds between two polls of a device.") var deviceInterval = 5
    @Option(help: "Seconds for which a device's code is good.") var deviceCodeLifetime = 900

    func apply(to configuration: inout EntraSimulator.Configuration) throws {
        configuration.certificates = try certificate.map(read)
        configuration.secretExpiry = secretLifetime.map { Date(timeIntervalSinceNow: $0) }
        configuration.tokenLifetime = .seconds(tokenLifetime)
        if !permission.isEmpty { configuration.permissions = Set(try permission.map(known)) }
        configuration.isConsented = !unconsented
        configuration.isPublicClient = !confidential
        if !redirectURI.isEmpty { configuration.redirectURIs = redirectURI }
        configuration.deviceInterval = deviceInterval
        configuration.deviceCodeLifetime = deviceCodeLifetime
    }

    private func known(_ name: String) throws -> Permission {
        guard let permission = Permission(rawValue: name) else {
            let all = Permission.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(.usage, "'\(name)' is no permission", ["there are \(all)"])
        }
        return permission
    }

    private func read(_ path: String) throws -> String {
        guard let pem = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Failure(.badInput, "the certificate \(path) cannot be read")
        }
        do { try EntraSimulator.checkCertificate(pem) } catch {
            throw Failure(.badInput, "\(path) is no certificate with an RSA key")
        }
        return pem
    }
}

struct ServerOptions: ParsableArguments {
    @Option(help: "0 takes a free port.") var port = 0
    @Option(help: "Misbehave; see FAULTS above.") var fault: [String] = []
    @Option(help: "A PEM certificate, to serve https.", completion: .file()) var tlsCertificate: String?
    @Option(help: "The certificate's PEM key.", completion: .file()) var tlsKey: String?

    func apply(to configuration: inout EntraSimulator.Configuration) throws {
        configuration.port = port
        configuration.faults = try fault.map { try Fault(parsing: $0, among: Fault.Kind.entra) }
        configuration.tls = tls
    }

    func apply(to configuration: inout HappyFoxSimulator.Configuration) throws {
        configuration.port = port
        configuration.faults = try fault.map { try Fault(parsing: $0, among: Fault.Kind.helpDesk) }
        configuration.tls = tls
    }

    private var tls: TLSFiles? {
        guard let tlsCertificate, let tlsKey else { return nil }
        return TLSFiles(certificate: tlsCertificate, key: tlsKey)
    }
}
