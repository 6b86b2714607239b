import ArgumentParser
import ContactSync
import Mail
import Projections

struct MailTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Send the account e-mail to an address, and say what the server said.",
        discussion: """
            Example: foxtrail mail test you@acme.example

            Nothing is recorded. Exit code 69: the server cannot be reached or trusted; \
            77: it refuses the user or password; 78: it refuses the sender, or none is set; \
            65: it refuses the address or the message.
            """)
    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp("Where to send it.", valueName: "email")) var address: String

    func run() async throws {
        _ = try global.permittedActor()
        try AgentAdd.check(email: address)
        let draft = try MailDraft(global.readModels())
        guard let server = draft.server else {
            throw Failure(.configuration, "no mail server is set", ["foxtrail mail set"])
        }
        let message = MailMessage(
            from: draft.from, to: .init(address: address), id: MailMessage.makeID(from: server.from), date: Clock.now(),
            texts: draft.texts(name: "", email: address))
        Interruption.listen()
        let outcome = try await MailConnection.sender(server, global.secrets).send(message)
        try tell(outcome, server, message.id)
        try Task.checkCancellation()
    }

    private func tell(_ outcome: SendOutcome, _ server: MailServer, _ id: String) throws {
        switch outcome {
        case .sent(let reply):
            if global.json {
                return Output.json([
                    ("to", .string(address)), ("code", .number(String(reply.code))), ("words", .string(reply.words)),
                    ("messageID", .string(id)),
                ])
            }
            if !global.quiet { Output.line(Output.printable("\(server.address) took it: \(reply.text)")) }
        case .refused(let reply):
            let hint =
                reply.isTemporary ? "it may take it later: account e-mails are tried again at the next sync" : nil
            throw Failure(
                .badInput, "\(server.address) does not take the message for \(address): \(reply.text)",
                [hint].compactMap { $0 })
        case .unreachable(let trouble):
            if trouble.kind == .stopped { throw CancellationError() }
            throw Failure(trouble.exitCode, trouble.reason, [trouble.hint])
        case .unknown(let reason):
            throw Failure(.remoteUnavailable, reason, ["it may have arrived all the same"])
        }
    }
}

extension MailTrouble {
    fileprivate var exitCode: ExitCode {
        switch kind {
        case .connection, .security, .stopped: .remoteUnavailable
        case .authentication: .notPermitted
        case .sender: .configuration
        }
    }

    fileprivate var hint: String {
        switch kind {
        case .connection, .stopped: "check the name and the port: foxtrail mail show"
        case .security: "--ca-file trusts certificates of your own; --security and --port must fit the server"
        case .authentication: "foxtrail mail set --user USER --password-file FILE with what the server knows"
        case .sender: "--from must be an address that this server sends for, and most ask for --user"
        }
    }
}
