import ArgumentParser
import Simulators

struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Far ends that speak the real protocols, for trying and testing.", subcommands: [SimulateEntra.self])
}

struct SimulateEntra: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "entra", abstract: "Serve a simulated Entra ID tenant on loopback until interrupted.",
        discussion: """
            Example: foxtrail simulate entra --users 3000 --port 8080 --fault throttle:every=5,retry-after=0.2
            Prints its base URL when it is ready: the --authority and --graph of `foxtrail tenant authorize`.
            """)
    @Option(help: "The same seed gives the same tenant.") var seed: UInt64 = 1
    @Option(help: "How many users the tenant has.") var users = 250
    @Option(help: "The port to listen on; 0 takes a free one.") var port = 0
    @Option(help: "How many users a page of a delta round holds.") var pageSize = 200
    @Flag(help: "Make no user with a value that could make a record fail.") var clean = false
    @Option(
        help: ArgumentHelp(
            "Misbehave, such as throttle:every=5; repeat it for each fault.",
            valueName: "kind:at=n|every=n|from=n[,retry-after=s]")) var fault: [String] = []
    @Option(help: "A PEM certificate, to serve https.") var tlsCertificate: String?
    @Option(help: "The certificate's PEM key.") var tlsKey: String?

    func run() async throws {
        var configuration = EntraSimulator.Configuration()
        configuration.seed = seed
        guard users >= 0, pageSize > 0, (0...65535).contains(port) else {
            throw Failure(.usage, "--users is 0 or more, --page-size 1 or more, --port 0 to 65535")
        }
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw Failure(.usage, "--tls-certificate and --tls-key go together")
        }
        configuration.users = users
        configuration.port = port
        configuration.pageSize = pageSize
        configuration.clean = clean
        do { configuration.faults = try fault.map { try Fault(parsing: $0) } } catch {
            throw Failure(.usage, "\(error)")
        }
        if let tlsCertificate, let tlsKey { configuration.tls = TLSFiles(certificate: tlsCertificate, key: tlsKey) }
        let scheme = configuration.tls == nil ? "http" : "https"
        do {
            try await EntraSimulator(configuration).run { port in Output.line("\(scheme)://localhost:\(port)") }
        } catch {
            throw Failure(
                .cannotCreate, "the simulator cannot serve: \(error)", ["check that the port is free and the PEM files"]
            )
        }
    }
}
