import ArgumentParser
import ContactSync
import EntraID
import HTTP

/// How a tenant is signed in to, and where.
struct SignInOptions: ParsableArguments {
    @Option(
        name: .customLong("client-id"),
        help: ArgumentHelp("The application (client) id of the app registration.", valueName: "id"))
    var clientID: String?
    @Flag(help: "Sign in as a person, with a code on any device.") var deviceCode = false
    @Flag(help: "Sign in as a person, in the browser of this machine.") var browser = false
    @Option(help: ArgumentHelp("A file whose first line is the client secret.", valueName: "file"))
    var clientSecretFile: String?
    @Option(
        help: ArgumentHelp(
            "The day on which the client secret expires, as the app registration shows it; Entra ID does not tell.",
            valueName: "yyyy-mm-dd"))
    var secretExpires: String?
    @Option(help: ArgumentHelp("A PEM file with a certificate and its RSA private key.", valueName: "file"))
    var certificate: String?
    @Flag(help: "Where consent is missing, wait for an administrator to give it in the browser of this machine.")
    var consent = false
    @Option(help: "global, usgov, usgov-dod or china. (default: global)") var cloud: String?
    @Option(help: ArgumentHelp("Another authority's root, such as https://login.microsoftonline.us.", valueName: "url"))
    var authority: String?
    @Option(help: ArgumentHelp("Another Graph root, such as https://graph.microsoft.us.", valueName: "url"))
    var graph: String?
    @Option(help: ArgumentHelp("PEM certificates to trust beside the system's.", valueName: "file"))
    var caFile: String?

    private static let ways = "--device-code, --browser, --client-secret-file or --certificate"

    private var given: Int {
        [deviceCode, browser, clientSecretFile != nil, certificate != nil].count { $0 }
    }

    var isApplication: Bool { clientSecretFile != nil || certificate != nil }

    func validate() throws {
        if given > 1 { throw ValidationError("only one way to sign in can be used: \(SignInOptions.ways)") }
        if secretExpires != nil, deviceCode || browser || certificate != nil {
            throw ValidationError("--secret-expires is for a client secret")
        }
        if clientID?.isEmpty == true { throw ValidationError("--client-id is empty") }
        if cloud != nil, authority != nil || graph != nil {
            throw ValidationError("--cloud names the authority and Graph already")
        }
        if (authority == nil) != (graph == nil) { throw ValidationError("--authority and --graph go together") }
    }

    /// For a tenant that nothing is known of.
    func requireWay() throws {
        if given == 0 { throw ValidationError("one way to sign in is needed: \(SignInOptions.ways)") }
        if clientID == nil {
            throw ValidationError("--client-id is needed: the application (client) id of your app registration")
        }
    }

    /// Nil where none is named.
    func way(quiet: Bool) throws -> Way? {
        if deviceCode { return .deviceCode }
        if browser { return .browser }
        if let exposure = (clientSecretFile ?? certificate).flatMap(Secrets.exposure) {
            Notice.hint(exposure, quiet: quiet)
        }
        if let clientSecretFile { return .clientSecret(try Secrets.read(file: clientSecretFile)) }
        return try certificate.map { try Way(pem: Secrets.text(of: $0, what: "certificate file")) }
    }

    /// In milliseconds since 1970; nil where none is named. The whole day counts as too late.
    func secretExpiry() throws -> Int64? {
        guard let secretExpires else { return nil }
        guard let day = Expiry.time(ofDay: secretExpires) else {
            throw Failure(.badInput, "\(secretExpires) is not a day", ["such as 2027-05-31"])
        }
        guard day > Clock.now() else { throw Failure(.badInput, "\(secretExpires) is over: give a new secret") }
        return day
    }

    /// Nil where none are named.
    func endpoints() throws -> Endpoints? {
        if let authority, let graph { return try Endpoints(authority: authority, graph: graph) }
        guard let cloud else { return nil }
        guard let known = Cloud(rawValue: cloud) else {
            throw Usage.unknown("cloud", cloud, among: ["global", "usgov", "usgov-dod", "china"])
        }
        return .cloud(known)
    }
}
