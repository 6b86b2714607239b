import ArgumentParser
import ContactSync
import Mail
import Projections

struct MailSet: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Set the mail server that account e-mails go through.",
        discussion: """
            Example: foxtrail mail set --host mail.acme.example \\
                         --from desk@acme.example --user desk --password-file secret.txt

            Then try it: foxtrail mail test you@acme.example
            The password is copied into the home directory. What is not named here is unset.
            """)
    @OptionGroup var global: GlobalOptions
    @Option(help: "The server's name.") var host: String
    @Option(help: "Its port; else 587 with starttls, 465 with tls, 25 with none.") var port: Int?
    @Option(help: "starttls, tls, or none for a server on this machine.") var security = "starttls"
    @Option(help: ArgumentHelp("The sender's address.", valueName: "email")) var from: String
    @Option(help: ArgumentHelp("The sender's name; else the account's.", valueName: "name")) var fromName: String?
    @Option(help: "Whom to log in as, where the server asks for it.") var user: String?
    @Option(help: ArgumentHelp("A file whose first line is the password.", valueName: "file"))
    var passwordFile: String?
    @Option(help: ArgumentHelp("PEM certificates to trust beside the system's.", valueName: "file"))
    var caFile: String?

    func validate() throws {
        if (user == nil) != (passwordFile == nil) { throw ValidationError("--user and --password-file go together") }
    }

    func run() throws {
        let server = try MailSet.checked(
            host: host, port: port, security: security, from: from, fromName: fromName, user: user,
            hasOwnAuthority: caFile != nil)
        if let exposure = passwordFile.flatMap(Secrets.exposure) { Notice.hint(exposure, quiet: global.quiet) }
        let password = try passwordFile.map { try Secrets.read(file: $0) }
        let authorities = try caFile.map { try Self.certificates(in: $0) }
        let kept = global.secrets
        let events: [Event] = try global.change { transaction, secrets in
            let given = [(password, Secrets.Other.mailPassword), (authorities, .mailAuthority)]
            let isNew = given.contains { text, secret in (try? kept.load(secret, hint: "")) != text }
            for (text, secret) in given {
                if let text { secrets.keep(text, as: secret) } else { secrets.remove(secret) }
            }
            // Another password or authority is a change too, though the event cannot hold it.
            guard try isNew || AccountMails.server(transaction.db) != server else { return [] }
            let event = Event.mailServerChanged(.init(server: server))
            try transaction.append(event, .mail)
            return [event]
        }
        global.tell(
            events, MailServer.json(server),
            "account e-mails go through \(server.address), from \(server.from); try it: foxtrail mail test ADDRESS")
    }

    static func certificates(in file: String) throws -> String {
        let text = try Secrets.text(of: file, what: "certificate file")
        guard text.contains("-----BEGIN CERTIFICATE-----"), text.contains("-----END CERTIFICATE-----") else {
            throw Failure(.badInput, "the certificate file \(file) holds no certificate in PEM")
        }
        return text
    }

    /// What a mail server can be set to, whoever says it.
    static func checked(
        host: String, port: Int?, security: String, from: String, fromName: String?, user: String?,
        hasOwnAuthority: Bool
    ) throws -> MailServer {
        guard let security = MailServer.Security(rawValue: security.lowercased()) else {
            throw Usage.unknown("security", security, among: ["starttls", "tls", "none"])
        }
        guard !host.isEmpty, host.utf8.allSatisfy({ Self.hostLetters.contains($0) }) else {
            throw Failure(.badInput, "\(host) is not the name of a server", ["such as mail.acme.example"])
        }
        guard security != .none || MailServer.isLoopback(host) else {
            throw Failure(
                .badInput, "without TLS mail goes to a server on this machine only",
                ["--security starttls or --security tls"])
        }
        let port = port ?? security.usualPort
        guard (1...65_535).contains(port) else { throw Failure(.badInput, "\(port) is not a port") }
        try AgentAdd.check(email: from)
        let texts = [fromName, user].compactMap { $0 }
        guard texts.allSatisfy({ !$0.isEmpty && $0.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{7F}" } })
        else { throw Failure(.badInput, "the sender's name and the user are one line each, with something on it") }
        return MailServer(
            host: host, port: port, security: security, from: from, fromName: fromName, user: user,
            hasOwnAuthority: hasOwnAuthority ? true : nil)
    }

    private static let hostLetters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:_".utf8)
}
