import ContactSync
import Foundation
import Journal

/// Secrets, each a file of mode 0600 in a directory of mode 0700: never in the journal, an argument or an error.
struct Secrets: Sendable {
    let home: String
    var directory: String { home + "/secrets" }

    /// What is kept of a tenant; the raw value ends the file's name.
    enum Kind: String, CaseIterable {
        case clientSecret = "secret"
        /// The certificate and its private key.
        case certificate = "pem"
        case refreshToken = "refresh"
        /// The certificates that the tenant's servers are trusted by, beside the system's. No secret, but of the same life.
        case authority = "ca.pem"

        init(_ signIn: ContactSync.SignIn) {
            switch signIn {
            case .clientSecret: self = .clientSecret
            case .certificate: self = .certificate
            case .delegated: self = .refreshToken
            }
        }
    }

    /// What is kept of no tenant; the raw value is the file's name.
    enum Other: String, CaseIterable {
        /// `key:authcode` of the HappyFox account.
        case happyFoxKey = "happyfox.key"
        case mailPassword = "mail.password"
        /// The certificates that the mail server is trusted by, beside the system's.
        case mailAuthority = "mail.ca.pem"
        /// What notices that go to a webhook are signed with.
        case webhookSecret = "webhook.secret"
        /// The certificates that the webhook is trusted by, beside the system's.
        case webhookAuthority = "webhook.ca.pem"
        /// What checkpoints are signed with.
        case journalKey = "journal.key"
    }

    /// Where an administrator's service manager puts what it was told to hand over, as systemd's `LoadCredential=` does:
    /// files for reading only. One that is named like a secret of ours is used in its place; nothing is ever stored there.
    private let credentials = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"]

    init(home: String) { self.home = home }

    func path(_ other: Other) -> String { path(other.rawValue) }

    func path(_ name: String) -> String { "\(directory)/\(name)" }

    /// Where a secret is read: what was handed over, else what is stored.
    func source(_ other: Other) -> String { handed(other.rawValue) ?? stored(other.rawValue) }

    /// Where a secret of a tenant is read. A sign-in is renewed while it is used, so it can only be a stored one.
    func source(_ kind: Kind, of tenant: TenantID) -> String {
        let name = Secrets.name(kind, of: tenant)
        return kind == .refreshToken ? stored(name) : handed(name) ?? stored(name)
    }

    private func handed(_ name: String) -> String? {
        guard let credentials, credentials.hasPrefix("/") else { return nil }
        let path = "\(credentials)/\(name)"
        return access(path, F_OK) == 0 ? path : nil
    }

    /// What the names of all files of a tenant begin with.
    static func prefix(_ tenant: TenantID) -> String { "tenant-\(tenant)." }

    static func name(_ kind: Kind, of tenant: TenantID) -> String { prefix(tenant) + kind.rawValue }

    func load(_ kind: Kind, of tenant: TenantID) throws -> String {
        guard let text = read(source(kind, of: tenant)) else {
            throw Failure(
                .configuration, "the \(kind.words) of tenant \(tenant) is missing",
                ["foxtrail tenant reauthorize stores it again"])
        }
        return text
    }

    func load(_ other: Other, hint: String) throws -> String {
        guard let text = read(source(other)) else {
            throw Failure(.configuration, "the \(other.words) is missing", [hint])
        }
        return text
    }

    /// Nil where there is nothing.
    private func read(_ path: String) -> String? {
        guard let data = FileManager.default.contents(atPath: path), !data.isEmpty else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        // What somebody wrote with an editor ends with a line's end.
        return path.hasPrefix(directory) ? text : text.trimmingCharacters(in: .newlines)
    }
}

extension Secrets.Kind {
    var words: String {
        switch self {
        case .clientSecret: "client secret"
        case .certificate: "certificate"
        case .refreshToken: "sign-in"
        case .authority: "file of certificates to trust"
        }
    }
}

extension Secrets.Other {
    var words: String {
        switch self {
        case .happyFoxKey: "API key of HappyFox"
        case .mailPassword: "password of the mail server"
        case .mailAuthority: "file of certificates to trust for mail"
        case .webhookSecret: "secret of the webhook"
        case .webhookAuthority: "file of certificates to trust for the webhook"
        case .journalKey: "key that signs checkpoints"
        }
    }
}
