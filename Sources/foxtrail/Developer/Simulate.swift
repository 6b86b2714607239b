import ArgumentParser
import Simulators

struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Far ends that speak the real protocols, for trying and testing.", subcommands: [SimulateEntra.self])
}

struct SimulateEntra: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "entra", abstract: "Serve a simulated Entra ID tenant on loopback until interrupted.",
        discussion:
            "Prints its base URL when ready. Example: foxtrail simulate entra --users 3000 --port 8080 --fault throttle:every=5,retry-after=0.2"
    )
    @Option(help: "The same seed gives the same tenant.") var seed: UInt64 = 1
    @Option(help: "How many users the tenant has.") var users = 250
    @Option(help: "0 takes a free port.") var port = 0
    @Option(help: "Users a delta page.") var pageSize = 200
    @Flag(help: "No value that could make a record fail.") var clean = false
    @Option(help: "Misbehave: KIND:at=N|every=N|from=N[,retry-after=S].") var fault: [String] = []
    @Option(help: "A PEM certificate, to serve https.") var tlsCertificate: String?
    @Option(help: "The certificate's PEM key.") var tlsKey: String?

    func run() async throws {
        var configuration = EntraSimulator.Configuration()
        configuration.seed = seed
        configuration.users = users
        configuration.port = port
        configuration.pageSize = pageSize
        configuration.clean = clean
        do { configuration.faults = try fault.map { try Fault(parsing: $0) } } catch {
            throw Failure(.usage, "\(error)")
        }
        if let tlsCertificate, let tlsKey { configuration.tls = TLSFiles(certificate: tlsCertificate, key: tlsKey) }
        let scheme = configuration.tls == nil ? "http" : "https"
        try await EntraSimulator(configuration).run { port in Output.line("\(scheme)://localhost:\(port)") }
    }
}
