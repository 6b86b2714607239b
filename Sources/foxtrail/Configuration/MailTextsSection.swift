import ContactSync
import Mail
import Projections
import Yams

/// `mailTexts: usual`, or `{subject, text, html}`; of these, what is left out stays.
enum MailTextsSection: SettingsSection {
    static let key = "mailTexts"

    static func read(_ node: Node, _ file: SettingsFile, into settings: inout InstallationSettings) throws {
        if node.scalar?.string == "usual" {
            settings.mailTexts = nil
            return
        }
        let members = try file.yaml.members(
            node, of: key, known: ["subject", "text", "html"],
            example: "mailTexts: {subject: Welcome}, or mailTexts: usual")
        let texts = try members.mapValues { try file.yaml.text($0, key) }
        let old = settings.mailTexts ?? .usual
        let new = MailTemplate(
            subject: texts["subject"] ?? old.subject, text: texts["text"] ?? old.text, html: texts["html"] ?? old.html)
        try file.yaml.checked(node) {
            do throws(TemplateError) { _ = try AccountEmail(new) } catch { throw error.failure }
        }
        settings.mailTexts = settings.mailTexts == nil && new == .usual ? nil : new
    }

    static func changes(_ old: InstallationSettings, _ new: InstallationSettings) -> [SettingsChange] {
        let (before, after) = (old.mailTexts ?? .usual, new.mailTexts ?? .usual)
        if old.mailTexts != new.mailTexts, before == after {
            return [SettingsChange(key, old.mailTexts == nil ? "usual" : "own", new.mailTexts == nil ? "usual" : "own")]
        }
        let subject = [SettingsChange("\(key).subject", before.subject, after.subject)]
        let texts = [("text", before.text, after.text), ("html", before.html, after.html)].filter { $0.1 != $0.2 }
        return (before.subject == after.subject ? [] : subject)
            + texts.map { SettingsChange("\(key).\($0.0)", size($0.1), size($0.2)) }
    }

    static func events(_ old: InstallationSettings, _ new: InstallationSettings) -> [PlannedEvent] {
        if old.mailTexts == new.mailTexts { return [] }
        return [PlannedEvent(.mailTemplateChanged(.init(template: new.mailTexts)), .mail)]
    }

    static func written(_ settings: InstallationSettings) -> JSONValue? {
        guard let texts = settings.mailTexts else { return .string("usual") }
        return .object([
            ("subject", .string(texts.subject)), ("text", .string(texts.text)), ("html", .string(texts.html)),
        ])
    }

    private static func size(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
        return "\(lines) line\(lines == 1 ? "" : "s"), \(text.utf8.count) bytes"
    }
}
