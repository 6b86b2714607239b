import ArgumentParser
import ContactSync
import Mail
import Projections

struct MailPreview: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Show the account e-mail as a contact would get it; nothing is sent.",
        discussion: """
            Example: foxtrail mail preview --email bo@contoso.example
                     foxtrail mail preview --html > preview.html
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption
    @Option(help: ArgumentHelp("Whose; else that of somebody made up.", valueName: "email")) var email: String?
    @Flag(help: "Only the plain text.") var text = false
    @Flag(help: "Only the HTML.") var html = false

    func validate() throws {
        if text, html { throw ValidationError("--text and --html are one or the other") }
    }

    func run() throws {
        let models = try moment.readModels(global)
        let draft = try MailDraft(models)
        let address = email ?? "ann.example@contoso.example"
        let name = try email.map { try self.name(of: $0, models) } ?? "Ann Example"
        let texts = draft.texts(name: name, email: address)
        if global.json {
            return Output.json([
                ("from", .string(draft.from.address)), ("fromName", .string(draft.from.name)), ("to", .string(address)),
                ("toName", .string(name)), ("subject", .string(texts.subject)), ("text", .string(texts.text)),
                ("html", .string(texts.html)),
            ])
        }
        if html { return write(texts.html) }
        if text { return write(texts.text) }
        Output.record([
            ("from", draft.server == nil ? "nobody: no mail server is set" : shown(draft.from)),
            ("to", shown(.init(name: name, address: address))), ("subject", texts.subject),
        ])
        Output.line("")
        write(texts.text)
    }

    private func shown(_ mailbox: MailMessage.Mailbox) -> String {
        mailbox.name.isEmpty ? mailbox.address : "\(mailbox.name) <\(mailbox.address)>"
    }

    private func write(_ text: String) {
        Output.write(Array((Output.printable(text, keeping: ["\n", "\r\n", "\t"])).utf8))
        if !text.hasSuffix("\n") { Output.line("") }
    }

    /// Of the contact who has the address; nobody needs to.
    private func name(of email: String, _ models: ReadModels) throws -> String {
        try AgentAdd.check(email: email)
        var name = ""
        try models.read { db in try Contacts.each(db, email: email) { name = $0.contact.name } }
        return name
    }
}
