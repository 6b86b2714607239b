package import ContactSync
internal import Mustache

/// The account e-mail of one help desk: its templates, read once, made into texts for each contact.
package struct AccountEmail: Sendable {
    /// What a template can name.
    package struct Values: Sendable {
        /// The contact's name, which may be empty.
        package let name: String
        /// The address that the contact logs in with.
        package let email: String
        /// The help desk's name.
        package let account: String
        package let portalURL: String

        package init(name: String, email: String, account: String, portalURL: String) {
            self.name = name
            self.email = email
            self.account = account
            self.portalURL = portalURL
        }

        package static let names = ["account", "email", "name", "portalURL"]

        var byName: [String: String] { ["account": account, "email": email, "name": name, "portalURL": portalURL] }
    }

    package struct Texts: Equatable, Sendable {
        package let subject: String
        package let text: String
        package let html: String
        package init(subject: String, text: String, html: String) {
            self.subject = subject
            self.text = text
            self.html = html
        }
    }

    private let subject, text, html: MustacheTemplate

    package init(_ template: MailTemplate) throws(TemplateError) {
        subject = try AccountEmail.parse(template.subject, .subject)
        text = try AccountEmail.parse(template.text, .text)
        html = try AccountEmail.parse(template.html, .html)
    }

    private static func parse(_ source: String, _ part: TemplateError.Part) throws(TemplateError) -> MustacheTemplate {
        try TemplateCheck(part: part).check(source)
        // Escaping is HTML's; elsewhere `&amp;` would be read as it stands.
        let mode = part == .html ? "" : "{{% CONTENT_TYPE:TEXT}}\n"
        do { return try MustacheTemplate(string: mode + source) } catch {
            throw TemplateError(part: part, fault: .malformed)
        }
    }

    package func render(_ values: Values) -> Texts {
        // A name that a directory holds could else add lines of its own to what an administrator wrote. What is empty
        // counts as missing, so that `{{#name}}` leaves it out.
        let values = values.byName.mapValues(HeaderText.oneLine).filter { !$0.value.isEmpty }
        return Texts(
            subject: HeaderText.oneLine(subject.render(values)), text: text.render(values), html: html.render(values))
    }
}
