import ArgumentParser
import ContactSync
import Foundation
import Mail
import Projections

struct MailTemplateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "The texts of the account e-mail.",
        discussion: """
            Example: foxtrail mail template export texts

            Each is a template: {{name}}, {{email}} (the login address), {{account}} and {{portalURL}} stand for the \
            values of each contact; {{#name}}...{{/name}} is left out where there is no name.
            """,
        subcommands: [MailTemplateSet.self, MailTemplateReset.self, MailTemplateExport.self])
}

struct MailTemplateSet: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Replace texts; what is not named stays as it is.",
        discussion: """
            Example: foxtrail mail template export texts
                     foxtrail mail template set --html-file texts/body.html
                     foxtrail mail preview --html
            """)
    @OptionGroup var global: GlobalOptions
    @Option(help: "The subject.") var subject: String?
    @Option(help: ArgumentHelp("A file with the plain text.", valueName: "file")) var textFile: String?
    @Option(help: ArgumentHelp("A file with the HTML.", valueName: "file")) var htmlFile: String?

    func validate() throws {
        if subject == nil, textFile == nil, htmlFile == nil {
            throw ValidationError("nothing to set: --subject, --text-file or --html-file")
        }
    }

    func run() throws {
        let text = try textFile.map { try Secrets.text(of: $0, what: "text file") }
        let html = try htmlFile.map { try Secrets.text(of: $0, what: "HTML file") }
        let events: [Event] = try global.change { transaction in
            let own = try AccountMails.template(transaction.db)
            let old = own ?? .usual
            let new = MailTemplate(subject: subject ?? old.subject, text: text ?? old.text, html: html ?? old.html)
            do throws(TemplateError) { _ = try AccountEmail(new) } catch { throw error.failure }
            if own == new || (own == nil && new == .usual) { return [] }
            let event = Event.mailTemplateChanged(.init(template: new))
            try transaction.append(event, .mail)
            return [event]
        }
        global.tell(
            events, [("texts", .string("own"))],
            events.isEmpty ? "nothing to change" : "set the texts; foxtrail mail preview shows them")
    }
}

struct MailTemplateReset: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset", abstract: "Go back to the usual texts.",
        discussion: "Example: foxtrail mail template reset")
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let events: [Event] = try global.change { transaction in
            guard try AccountMails.template(transaction.db) != nil else { return [] }
            let event = Event.mailTemplateChanged(.init(template: nil))
            try transaction.append(event, .mail)
            return [event]
        }
        global.tell(
            events, [("texts", .string("usual"))],
            events.isEmpty ? "the usual texts were set already" : "account e-mails have the usual texts again")
    }
}

struct MailTemplateExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the templates to a directory: subject.txt, body.txt and body.html.",
        discussion: """
            Example: foxtrail mail template export texts
            With --json and without a directory they are printed.
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption
    @Argument(help: ArgumentHelp("Made where there is none.", valueName: "dir")) var directory: String?

    func validate() throws {
        if directory == nil, !global.json { throw ValidationError("a directory is needed, or --json") }
    }

    func run() throws {
        let own = try moment.readModels(global).read { try AccountMails.template($0) }
        let template = own ?? .usual
        if let directory { try write(template, to: directory) }
        if global.json {
            return Output.json([
                ("texts", .string(own == nil ? "usual" : "own")), ("subject", .string(template.subject)),
                ("text", .string(template.text)), ("html", .string(template.html)),
            ])
        }
        if !global.quiet, let directory {
            Output.line(Output.printable("wrote subject.txt, body.txt and body.html to \(directory)"))
        }
    }

    private func write(_ template: MailTemplate, to directory: String) throws {
        let files = [
            ("\(directory)/subject.txt", template.subject + "\n"), ("\(directory)/body.txt", template.text),
            ("\(directory)/body.html", template.html),
        ]
        // Somebody's own texts may be there, and nowhere else. A link to nothing is there too.
        for (path, _) in files where (try? FileManager.default.attributesOfItem(atPath: path)) != nil {
            throw Failure(
                .cannotCreate, "\(path) exists already", ["foxtrail never writes over a file; name another directory"])
        }
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw Failure(
                .cannotCreate, "the directory \(directory) cannot be made", ["check the rights of its parent"])
        }
        for (path, text) in files {
            let file = try OutputFile(path: path)
            try file.write(Array(text.utf8))
            try file.finish()
        }
    }
}
