import ContactSync
import Foundation
import Webhook
import Yams

/// A secret as settings name it: by the file that holds it, never by its value. The path is relative to the home
/// directory. The file that is in use changes nothing; another is read, and stored as the commands of its kind do.
struct SecretReference {
    /// What the secret in use is to be used for.
    enum Use {
        /// All that the secret goes with is as it was: it is not asked for.
        case asBefore
        /// For whom it was given, or for the first one who needs it.
        case kept
        /// For somebody else: a file that was read elsewhere, or edited, must not hand one's secret to another.
        case another(_ new: String, than: String)

        /// - Parameters:
        ///   - old: Who got the secret until now; nil where nobody did.
        ///   - isSame: Nothing that the secret goes with changes.
        init(from old: String?, to new: String, isSame: Bool) {
            self = isSame ? .asBefore : old.map { $0 == new ? .kept : .another(new, than: $0) } ?? .kept
        }
    }

    private let node: Node?
    private let place: String
    private let secret: Secrets.Other

    init(_ node: Node?, _ place: String, _ secret: Secrets.Other) {
        (self.node, self.place, self.secret) = (node, place, secret)
    }

    /// Takes in the secret where it is another than the one in use, which stays where no file is named.
    func read(_ file: SettingsFile, for use: Use, into settings: inout InstallationSettings) throws {
        let kept = file.secrets.path(secret)
        let named = try node.map { try file.yaml.text($0, place) }
        let path = named.map { $0.hasPrefix("/") ? $0 : "\(file.secrets.home)/\($0)" } ?? kept
        let inUse = [kept, file.secrets.source(secret)].map(SecretReference.resolved)
        if inUse.contains(SecretReference.resolved(path)) { return try check(use, file) }
        let text = try file.yaml.checked(node) { try contents(path) }
        settings.exposures += [Secrets.exposure(of: path)].compactMap(\.self)
        if text != (try? file.secrets.load(secret, hint: "")) { settings.newSecrets[secret] = text }
    }

    /// Whether the secret in use can be what is asked for.
    private func check(_ use: Use, _ file: SettingsFile) throws {
        switch use {
        case .asBefore: return
        case .another(let new, let old):
            throw file.yaml.failure(
                node, "the \(secret.words) in use is that of \(old), and is not sent to \(new)",
                ["name the file of the other one: \(place); a copy of this one, where both have the same"])
        case .kept:
            if access(file.secrets.source(secret), R_OK) == 0 { return }
            throw file.yaml.failure(
                node, "the \(secret.words) is missing",
                [
                    "put it into the file \(file.secrets.path(secret)), with the rights 600, or name another file: "
                        + place
                ])
        }
    }

    private func contents(_ path: String) throws -> String {
        switch secret {
        case .mailAuthority, .webhookAuthority: try MailSet.certificates(in: path)
        case .webhookSecret: try NoticeSet.secret(in: path).text
        case .mailPassword, .happyFoxKey, .journalKey: try Secrets.read(file: path)
        }
    }

    /// The file that is in use.
    static func written(_ secret: Secrets.Other) -> JSONValue { .string("secrets/\(secret.rawValue)") }

    /// Values of secrets are told to nobody.
    static func changes(_ section: String, _ member: String, _ new: String?) -> [SettingsChange] {
        new == nil ? [] : [SettingsChange("\(section).\(member)", "the one in use", "another")]
    }

    private static func resolved(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }
}
