import ContactSync
import Foundation
import GRDB
import Journal
import Projections

/// What becomes of secrets together with the events of one transaction.
struct SecretsChange {
    /// By the name of the file.
    fileprivate var kept: [String: String] = [:]
    fileprivate var gone: Set<String> = []

    mutating func keep(_ text: String, as other: Secrets.Other) { kept[other.rawValue] = text }

    mutating func keep(_ text: String, as kind: Secrets.Kind, of tenant: TenantID) {
        kept[Secrets.name(kind, of: tenant)] = text
    }

    mutating func remove(_ other: Secrets.Other) { gone.insert(other.rawValue) }
}

/// A secret that waits beside the one that it replaces for the events that it goes with. Its file names the journal's
/// head that has them: where the journal has come to that head, this is the secret, whatever happened since.
struct PendingSecret {
    let name: String
    let size: Int64
    let root: String

    private static let mark = ".pending-"

    fileprivate init(_ name: String, _ appender: Store.Appender) {
        (self.name, size, root) = (name, appender.position.rawValue, appender.root.description)
    }

    /// Nil for every other file.
    init?(fileName: String) {
        guard let mark = fileName.range(of: PendingSecret.mark) else { return nil }
        let parts = fileName[mark.upperBound...].split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let size = Int64(parts[0]) else { return nil }
        (name, self.size, root) = (String(fileName[..<mark.lowerBound]), size, String(parts[1]))
    }

    var fileName: String { "\(name)\(PendingSecret.mark)\(size)-\(root)" }

    /// Roots are of salted leaves, so events that were rolled back never come to the same one again.
    func isOf(_ journal: Database) throws -> Bool {
        try JournalReader.root(journal, size: Position(rawValue: size))?.description == root
    }
}

extension Secrets {
    /// Runs a transaction whose events go with secrets: both change, or neither, however the process ends.
    ///
    /// 1. The new secrets are written beside the old ones and synced, before the events are committed.
    /// 2. The events are committed.
    /// 3. The new secrets are renamed over the old ones, and what is not needed any more is removed.
    ///
    /// Who reads between 2 and 3, or after a crash there, reads the pending one (`stored`); after a crash between 1 and 2
    /// the pending one is of events that never were: nobody reads it, and whoever changes that secret next removes it.
    func transact<T>(
        _ occasion: Occasion, in store: Store, _ body: (Store.Transaction, inout SecretsChange) throws -> T
    ) throws -> T {
        var (change, pending) = (SecretsChange(), [PendingSecret]())
        let result: T
        do {
            result = try store.transact(occasion) { transaction in
                let result = try body(transaction, &change)
                for name in Set(change.kept.keys).union(change.gone) { try clear(name, transaction.appender.db) }
                for (name, text) in change.kept {
                    pending.append(PendingSecret(name, transaction.appender))
                    try write(text, to: path(pending[pending.count - 1].fileName))
                }
                if !pending.isEmpty { try syncDirectory() }
                return result
            }
        } catch {
            for secret in pending where !isCommitted(secret) { unlink(path(secret.fileName)) }
            throw error
        }
        change.kept.keys.forEach(settle)
        for name in change.gone { try remove(name) }
        return result
    }

    /// Where the stored secret is.
    func stored(_ name: String) -> String { path(pending(name).last(where: isCommitted)?.fileName ?? name) }

    /// Puts what waits, and has its events, in its place. Where that fails it is read where it lies, and the next tries.
    func settle(_ name: String) {
        let settled = pending(name).filter(isCommitted).count { rename(path($0.fileName), path(name)) == 0 }
        if settled > 0 { try? syncDirectory() }
    }

    /// Makes way for a change, in its transaction: nobody else's can be under way.
    private func clear(_ name: String, _ journal: Database) throws {
        for secret in pending(name) {
            if try secret.isOf(journal) {
                rename(path(secret.fileName), path(name))
            } else {
                try remove(secret.fileName)
            }
        }
    }

    /// The oldest first.
    private func pending(_ name: String) -> [PendingSecret] {
        names.compactMap(PendingSecret.init(fileName:)).filter { $0.name == name }.sorted { $0.size < $1.size }
    }

    private func isCommitted(_ secret: PendingSecret) -> Bool {
        let journal = try? JournalFile.openForReading(path: JournalFile.path(home: home))
        return (try? journal?.read { try secret.isOf($0) }) ?? false
    }
}
