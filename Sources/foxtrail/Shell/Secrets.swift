import ContactSync
import Foundation
import Journal

/// Secrets, each a file of mode 0600 in a directory of mode 0700: never in the journal, an argument or an error.
struct Secrets {
    let home: String
    private var directory: String { home + "/secrets" }

    private func path(_ tenant: TenantID) -> String { directory + "/tenant-\(tenant).secret" }

    /// Reads a secret from a file that an admin names: its first line.
    static func read(file: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Failure(.badInput, "the secret file \(file) cannot be read", ["check its name and rights"])
        }
        let line = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).first ?? ""
        let secret = line.trimmingCharacters(in: .whitespaces)
        guard !secret.isEmpty else { throw Failure(.badInput, "the secret file \(file) is empty") }
        return secret
    }

    /// Stores durably and all at once: written beside, synced, renamed.
    func store(_ secret: String, for tenant: TenantID) throws {
        let manager = FileManager.default
        try manager.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let temporary = path(tenant) + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw JournalError.system(operation: "create", path: temporary, code: errno) }
        defer { close(descriptor) }
        let bytes = Array(secret.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0,
            rename(temporary, path(tenant)) == 0
        else { throw JournalError.system(operation: "write", path: temporary, code: errno) }
    }

    func load(for tenant: TenantID) throws -> String {
        guard let data = FileManager.default.contents(atPath: path(tenant)) else {
            throw Failure(
                .configuration, "the secret of tenant \(tenant) is missing",
                ["foxtrail tenant authorize stores it again"])
        }
        return String(decoding: data, as: UTF8.self)
    }
}
