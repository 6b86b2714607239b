import ContactSync
import Foundation
import Journal

/// How the files of secrets are written and removed: durably, and each all at once.
extension Secrets {
    /// Replaces a secret that nothing in the journal tells of.
    func store(_ text: String, as kind: Kind, of tenant: TenantID) throws {
        try store(text, name: Secrets.name(kind, of: tenant))
    }

    /// Replaces a secret that nothing in the journal tells of.
    func store(_ text: String, as other: Other) throws { try store(text, name: other.rawValue) }

    /// Written beside, synced, renamed, and the renaming synced. A link that stands in the way is replaced, never followed.
    private func store(_ text: String, name: String) throws {
        settle(name)
        let beside = path("\(name).new-\(UInt64.random(in: .min ... .max))")
        do {
            try write(text, to: beside)
            guard rename(beside, path(name)) == 0 else { throw Secrets.error("replace", path(name)) }
        } catch {
            unlink(beside)
            throw error
        }
        try syncDirectory()
    }

    /// Removes what may be there.
    func remove(_ name: String) throws {
        guard unlink(path(name)) == 0 else {
            if errno == ENOENT { return }
            throw Secrets.error("remove", path(name))
        }
        try syncDirectory()
    }

    /// Removes everything of a tenant except what is kept, and what a crash left beside it.
    func remove(of tenant: TenantID, keeping kept: Set<Kind> = []) throws {
        let stay = kept.map { Secrets.name($0, of: tenant) }
        let gone = names.filter { name in
            name.hasPrefix(Secrets.prefix(tenant))
                && !stay.contains { name == $0 || PendingSecret(fileName: name)?.name == $0 }
        }
        for name in gone {
            guard unlink(path(name)) == 0 || errno == ENOENT else { throw Secrets.error("remove", path(name)) }
        }
        if !gone.isEmpty { try syncDirectory() }
    }

    /// What lies in the directory.
    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: directory))?.sorted() ?? [] }

    /// Makes a file that only its owner can read, and syncs what is in it.
    func write(_ text: String, to path: String) throws {
        try HomeOwner.check(home)
        guard mkdir(directory, 0o700) == 0 || errno == EEXIST else { throw Secrets.error("create", directory) }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Secrets.error("create", path) }
        defer { close(descriptor) }
        let code = Descriptor.write(Array(text.utf8), to: descriptor)
        guard code == 0 else { throw JournalError.system(operation: "write", path: path, code: code) }
        guard fsync(descriptor) == 0 else { throw Secrets.error("write", path) }
    }

    func syncDirectory() throws {
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Secrets.error("open", directory) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Secrets.error("sync", directory) }
    }

    private static func error(_ operation: String, _ path: String) -> JournalError {
        .system(operation: operation, path: path, code: errno)
    }
}
