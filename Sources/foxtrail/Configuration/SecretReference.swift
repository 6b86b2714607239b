import ContactSync
import Foundation
import Yams

/// A secret as settings name it: by the file that holds it, never by its value. The path is relative to the home
/// directory. The file that is in use changes nothing; another is read, and stored as the commands of its kind do.
struct SecretReference {
    private let node: Node?
    private let place: String
    private let secret: Secrets.Other

    init(_ node: Node?, _ place: String, _ secret: Secrets.Other) {
        (self.node, self.place, self.secret) = (node, place, secret)
    }

    /// Takes in the secret where it is another than the one in use, which stays where no file is named.
    func read(_ file: SettingsFile, into settings: inout InstallationSettings) throws {
        let kept = file.secrets.path(secret)
        let named = try node.map { try file.yaml.text($0, place) }
        let path = named.map { $0.hasPrefix("/") ? $0 : "\(file.secrets.home)/\($0)" } ?? kept
        let isInUse = SecretReference.resolved(path) == SecretReference.resolved(kept)
        guard !isInUse else {
            if FileManager.default.fileExists(atPath: kept) { return }
            throw file.yaml.failure(
                node, "the \(secret.words) is missing",
                ["put it into the file \(kept), with the rights 600, or name another file: \(place)"])
        }
        let text = try file.yaml.checked(node) { try contents(path) }
        settings.exposures += [Secrets.exposure(of: path)].compactMap(\.self)
        if text != (try? file.secrets.load(secret, hint: "")) { settings.newSecrets[secret] = text }
    }

    private func contents(_ path: String) throws -> String {
        switch secret {
        case .mailAuthority, .webhookAuthority: try MailSet.certificates(in: path)
        case .mailPassword, .happyFoxKey, .webhookSecret, .journalKey: try Secrets.read(file: path)
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
