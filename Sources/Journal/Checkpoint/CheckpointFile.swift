package import GRDB
import Glibc

/// The last checkpoint, kept beside the journal: what a journal that lost events is told by.
package enum CheckpointFile {
    package static func path(home: String) -> String { home + "/checkpoint" }

    /// Nil where none was kept.
    package static func read(home: String) throws -> Checkpoint? {
        let path = path(home: home)
        guard let bytes = try bytes(path) else { return nil }
        guard let checkpoint = Checkpoint(bytes) else { throw JournalError.damagedCheckpoint(path: path) }
        return checkpoint
    }

    /// Written beside, synced, renamed, and the renaming synced: at every moment the file is the old one or the new one.
    /// Only for who holds the journal's lock.
    static func write(_ checkpoint: Checkpoint, home: String) throws {
        let (path, beside) = (path(home: home), path(home: home) + ".new")
        let descriptor = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw error("create", beside) }
        defer { close(descriptor) }
        let bytes = Array(checkpoint.note.encoded.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            throw error("write", beside)
        }
        guard rename(beside, path) == 0 else { throw error("replace", path) }
        let directory = open(home, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw error("open", home) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw error("sync", home) }
    }

    private static func bytes(_ path: String) throws -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw error("read", path)
        }
        defer { close(descriptor) }
        // A checkpoint has some two hundred bytes, and a few hundred for each witness.
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw error("read", path) }
        return Array(bytes[..<count])
    }

    private static func error(_ operation: String, _ path: String) -> JournalError {
        .system(operation: operation, path: path, code: errno)
    }
}

extension Checkpoint {
    /// Whether a journal holds what was signed, by the heads that it recorded: one look, no hashing. Checkpoints are
    /// signed between transactions, so there is such a head in the journal that they are of.
    package func check(_ db: Database) throws {
        if let recorded = try JournalReader.root(db, size: Position(rawValue: size)), recorded == root { return }
        let events = try JournalReader.lastPosition(db).rawValue
        if events < size { throw JournalError.behindCheckpoint(events: events, checkpoint: size) }
        throw JournalError.forked(checkpoint: size)
    }
}
