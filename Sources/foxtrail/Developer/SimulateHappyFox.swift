import ArgumentParser
import Foundation
import Simulators

struct SimulateHappyFox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "happyfox", abstract: "Serve a simulated HappyFox account on loopback until interrupted.",
        discussion: """
            Prints its base URL when ready; the API is below /api/1.1/json/.
            Example: foxtrail simulate happyfox --contacts 200 --fault drop:at=2

            Its API key is simulated-key:simulated-code: that line is a key file for
            foxtrail help-desk use happyfox --url URL --api-key-file FILE

            FAULTS are KIND or KIND:OPTION=VALUE,OPTION=VALUE...
              which requests  at=2+7 (from 1) | every=N | from=N; without any, all
              counted alone   scope=data|read|write; without it, all together
              refusals        throttle, unavailable [retry-after=S|date],
                              gatewayTimeout, html [status=500...599];
                              [when=after]: only the answer fails, a write is done
              connection      unheard (closed before the request is processed),
                              drop (closed afterwards) [after=head]; truncate
              answer          notJSON; slow [seconds=S,when=before|after];
                              clockSkew [seconds=S]

            WHILE IT RUNS, without a key:
              GET /simulator             the account in numbers
              GET /simulator/requests    how many of each kind; DELETE forgets
              PUT /simulator/faults      [{"kind":"drop","scope":"write","at":[1]}]
              GET /simulator/contacts    all of them, fields by name
              POST /simulator/contacts   {"name":"Ann","email":"ann@a.example"}
              PUT /simulator/contacts/7  {"fields":{"Badge":"B-7"},
                                          "phones":[{"type":"w","number":"1"}]}
              DELETE /simulator/contacts/7
              GET /simulator/fields      definitions; PUT replaces them all:
                                         [{"id":4,"name":"Team","type":"dropdown",
                                           "required":true,"choices":["A","B"]}]
              PUT /simulator/key         {"state":"valid|revoked|disabled"}
            """
    )
    @OptionGroup(title: "Account") var account: AccountOptions
    @OptionGroup(title: "Limits") var limits: LimitOptions
    @OptionGroup(title: "Readings of the documentation") var behaviour: BehaviourOptions
    @OptionGroup(title: "Server") var server: ServerOptions

    func run() async throws {
        var configuration = HappyFoxSimulator.Configuration()
        try account.apply(to: &configuration)
        limits.apply(to: &configuration)
        try behaviour.apply(to: &configuration.behaviour)
        do { try server.apply(to: &configuration) } catch let error as Fault.ParsingError {
            throw Failure(.usage, "\(error)")
        }
        let scheme = configuration.tls == nil ? "http" : "https"
        try await HappyFoxSimulator(configuration).run { port in
            Output.line("\(scheme)://localhost:\(port)")
            SimulateHappyFox.tell("\(scheme)://localhost:\(port)")
        }
    }
}

extension SimulateHappyFox {
    /// How to get at it, for people: programs read the URL alone.
    fileprivate static func tell(_ url: String) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        let text = """
            hint: a key file holds simulated-key:simulated-code; GET \(url)/simulator tells the rest
            hint: foxtrail help-desk use happyfox --url \(url) --api-key-file FILE

            """
        _ = Descriptor.write(Array(text.utf8), to: STDERR_FILENO)
    }
}

struct AccountOptions: ParsableArguments {
    @Option(help: "The same seed gives the same contacts.") var seed: UInt64 = 1
    @Option(help: "How many contacts there are already; every second one is a user of simulate entra.")
    var contacts = 25
    @Option(help: "The name of a field that a new contact must have.") var requiredField: [String] = []

    func apply(to configuration: inout HappyFoxSimulator.Configuration) throws {
        let names = configuration.fields.map(\.name)
        if let unknown = requiredField.first(where: { !names.contains($0) }) {
            throw Failure(.usage, "there is no field '\(unknown)'", ["there are \(names.joined(separator: ", "))"])
        }
        configuration.seed = seed
        configuration.contacts = contacts
        configuration.requiredFields = Set(requiredField)
    }
}

extension HappyFoxSimulator.ThrottleBody: ExpressibleByArgument {}

struct LimitOptions: ParsableArguments {
    @Option(help: "GET requests a minute; 0 is no limit.") var reads = 500
    @Option(help: "POST requests a minute; 0 is no limit.") var writes = 300
    @Option(help: "Seconds for which everything is refused once a limit was exceeded.") var penalty = 600
    @Flag(help: "A 429 says in a header how long to wait.") var retryAfter = false
    @Option(help: "What the body of a 429 is: JSON, with the wait in it, or plain text.")
    var throttleBody = HappyFoxSimulator.ThrottleBody.message

    func apply(to configuration: inout HappyFoxSimulator.Configuration) {
        configuration.readsPerMinute = reads
        configuration.writesPerMinute = writes
        configuration.penalty = .seconds(penalty)
        configuration.behaviour.sendsRetryAfter = retryAfter
        configuration.behaviour.throttleBody = throttleBody
    }
}
