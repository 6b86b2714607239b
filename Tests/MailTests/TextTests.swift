import ContactSync
@testable import Mail
import Testing

private func render(_ template: MailTemplate, name: String = "Ann", email: String = "ann@contoso.example") throws
    -> AccountEmail.Texts
{
    try AccountEmail(template).render(
        .init(name: name, email: email, account: "Fish & Chips", portalURL: "https://help.example/?a=1&b=2"))
}

@Suite struct TextTests {
    @Test func `the usual texts tell who, where and how`() throws {
        let texts = try render(.usual)
        #expect(texts.subject == "Your account at the Fish & Chips help desk")
        #expect(texts.text.hasPrefix("Hello Ann,\n"))
        for part in ["ann@contoso.example", "https://help.example/?a=1&b=2", "set"] {
            #expect(texts.text.contains(part))
        }
        #expect(texts.html.contains("href=\"https://help.example/?a=1&amp;b=2\""))
        #expect(texts.html.contains("Fish &amp; Chips"))
    }

    @Test func `who has no name is greeted without one`() throws {
        #expect(try render(.usual, name: "").text.hasPrefix("Hello,\n"))
        #expect(try render(.usual, name: "").html.contains("<p>Hello,</p>"))
    }

    @Test func `values are escaped in HTML only`() throws {
        let template = MailTemplate(subject: "{{name}}", text: "{{name}}", html: "<b title=\"{{name}}\">{{name}}</b>")
        let name = "<script>\"x\" & 'y'</script>"
        let texts = try render(template, name: name)
        #expect(texts.subject == name)
        #expect(texts.text == name)
        let escaped = "&lt;script&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/script&gt;"
        #expect(texts.html == "<b title=\"\(escaped)\">\(escaped)</b>")
    }

    /// What a directory holds is no template.
    @Test func `a value that looks like a tag stays a value`() throws {
        let template = MailTemplate(subject: "S {{name}}", text: "{{name}}", html: "{{name}}")
        #expect(try render(template, name: "{{email}}").text == "{{email}}")
    }

    @Test func `a subject is one line`() throws {
        let template = MailTemplate(subject: "To {{name}}\n", text: "t", html: "h")
        #expect(try render(template, name: "A\r\nBcc: x@y.example").subject == "To A Bcc: x@y.example")
    }

    @Test func `a value adds no lines`() throws {
        let template = MailTemplate(subject: "S", text: "Hello {{name}},\n{{email}}", html: "<p>{{name}}</p>")
        let texts = try render(template, name: "Ann\r\n\u{2028}Visit\u{85}evil.example\u{0}")
        #expect(texts.text == "Hello Ann Visit evil.example,\nann@contoso.example")
        #expect(texts.html == "<p>Ann Visit evil.example</p>")
        #expect(try render(.usual, name: "\n").text.hasPrefix("Hello,\n"))
    }

    @Test(arguments: [
        ("{{firstName}}", TemplateError.Fault.unknownName("firstName")),
        ("{{#manager}}x{{/manager}}", .unknownName("manager")), ("{{.}}", .unknownName(".")),
        ("{{{name}}}", .refusedTag("{{{name}}}")), ("{{&name}}", .refusedTag("{{&name}}")),
        ("{{>other}}", .refusedTag("{{>other}}")), ("{{=<% %>=}}", .refusedTag("{{=<% %>=}}")),
        ("{{$block}}{{/block}}", .refusedTag("{{$block}}")),
        ("{{% CONTENT_TYPE:TEXT}}", .refusedTag("{{% CONTENT_TYPE:TEXT}}")),
        ("{{name", .malformed), ("{{#name}}x", .malformed), ("x{{/name}}", .malformed), (" \n", .empty),
    ])
    func `a template that would not come out as meant is refused`(source: String, fault: TemplateError.Fault) {
        let texts = MailTemplate(subject: "S", text: "T", html: "H")
        #expect(throws: TemplateError(part: .subject, fault: fault)) {
            try AccountEmail(MailTemplate(subject: source, text: texts.text, html: texts.html))
        }
        #expect(throws: TemplateError(part: .text, fault: fault)) {
            try AccountEmail(MailTemplate(subject: texts.subject, text: source, html: texts.html))
        }
        #expect(throws: TemplateError(part: .html, fault: fault)) {
            try AccountEmail(MailTemplate(subject: texts.subject, text: texts.text, html: source))
        }
    }

    @Test func `comments and spaces in tags are fine`() throws {
        let template = MailTemplate(subject: "{{ name }}{{! who }}", text: "{{^name}}nobody{{/name}}x", html: "h")
        #expect(try render(template).subject == "Ann")
        #expect(try render(template).text == "x")
        #expect(try render(template, name: "").text == "nobodyx")
    }
}
