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

    func path(_ other: Other) -> String { "\(directory)/\(other.rawValue)" }

    func path(_ kind: Kind, of tenant: TenantID) -> String { "\(directory)/\(prefix(tenant))\(kind.rawValue)" }

    private func prefix(_ tenant: TenantID) -> String { "tenant-\(tenant)." }

    func load(_ kind: Kind, of tenant: TenantID) throws -> String {
        guard let data = FileManager.default.contents(atPath: path(kind, of: tenant)), !data.isEmpty else {
            throw Failure(
                .configuration, "the \(kind.words) of tenant \(tenant) is missing",
                ["foxtrail tenant reauthorize stores it again"])
        }
        return String(decoding: data, as: UTF8.self)
    }

    func load(_ other: Other, hint: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path(other)), !data.isEmpty else {
            throw Failure(.configuration, "the \(other.words) is missing", [hint])
        }
        return String(decoding: data, as: UTF8.self)
    }

    func store(_ text: String, as kind: Kind, of tenant: TenantID) throws {
        try store(text, at: path(kind, of: tenant))
    }

    func store(_ text: String, as other: Other) throws { try store(text, at: path(other)) }

    /// Removes what may be there.
    func remove(_ other: Other) throws {
        guard unlink(path(other)) == 0 else {
            if errno == ENOENT { return }
            throw Secrets.error("remove", path(other))
        }
        try syncDirectory()
    }

    /// Stores durably and all at once: written beside, synced, renamed, and the renaming synced. A link that stands in
    /// the way is replaced, never followed.
    private func store(_ text: String, at path: String) throws {
        try makeDirectory()
        let beside = "\(path).new-\(UInt64.random(in: .min ... .max))"
        do {
            try write(text, to: beside)
            guard rename(beside, path) == 0 else { throw Secrets.error("replace", path) }
        } catch {
            unlink(beside)
            throw error
        }
        try syncDirectory()
    }

    /// Removes everything of a tenant except what is kept, and what a crash left beside it.
    func remove(of tenant: TenantID, keeping kept: Set<Kind> = []) throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        let stay = Set(kept.map { prefix(tenant) + $0.rawValue })
        let gone = names.filter { $0.hasPrefix(prefix(tenant)) && !stay.contains($0) }
        for name in gone {
            let path = "\(directory)/\(name)"
            guard unlink(path) == 0 || errno == ENOENT else { throw Secrets.error("remove", path) }
        }
        if !gone.isEmpty { try syncDirectory() }
    }

    private func makeDirectory() throws {
        guard mkdir(directory, 0o700) != 0, errno != EEXIST else { return }
        throw Secrets.error("create", directory)
    }

    private func write(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Secrets.error("create", path) }
        defer { close(descriptor) }
        let code = Descriptor.write(Array(text.utf8), to: descriptor)
        guard code == 0 else { throw JournalError.system(operation: "write", path: path, code: code) }
        guard fsync(descriptor) == 0 else { throw Secrets.error("write", path) }
    }

    private func syncDirectory() throws {
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Secrets.error("open", directory) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Secrets.error("sync", directory) }
    }

    private static func error(_ operation: String, _ path: String) -> JournalError {
        .system(operation: operation, path: path, code: errno)
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
