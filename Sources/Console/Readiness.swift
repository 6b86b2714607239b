import GRDB
import Glibc
import Journal
import Projections

/// Whether a sync could begin and be recorded now. What is said of a failure names no path: `foxtrail doctor` does.
struct Readiness {
    struct Check: Equatable {
        let name: String
        /// Nil where all is well.
        let trouble: String?
    }

    /// A log that SQLite lets grow before it is worked in has 32 MB, once for each of the two files.
    static let room: Int64 = 64 << 20

    let home: String

    func checks() -> [Check] { journal() + [projections(), writing(), disk()] }

    private func journal() -> [Check] {
        do {
            _ = try Glance.journal(home: home)
            return [Check(name: "journal", trouble: nil), Check(name: "checkpoint", trouble: nil)]
        } catch JournalError.behindCheckpoint, JournalError.forked {
            let trouble = "the journal does not hold what was signed"
            return [Check(name: "journal", trouble: nil), Check(name: "checkpoint", trouble: trouble)]
        } catch JournalError.damagedCheckpoint {
            return [Check(name: "journal", trouble: nil), Check(name: "checkpoint", trouble: "it is damaged")]
        } catch {
            let trouble = (error as? JournalError)?.trouble ?? "it cannot be read"
            return [Check(name: "journal", trouble: trouble)]
        }
    }

    private func projections() -> Check {
        do {
            let position = try Glance.projections(home: home) { _, position in position }
            return Check(name: "projections", trouble: position == nil ? "they are to be made anew" : nil)
        } catch {
            return Check(name: "projections", trouble: "they cannot be read")
        }
    }

    /// Asked and not tried: nothing is written for it.
    private func writing() -> Check {
        let name = "writing"
        for (path, what) in [(home, "the directory"), (JournalFile.path(home: home), "the journal")]
        where access(path, W_OK) != 0 {
            let isReadOnly = errno == EROFS
            return Check(
                name: name, trouble: isReadOnly ? "the disk is for reading only" : "\(what) cannot be written")
        }
        return Check(name: name, trouble: nil)
    }

    private func disk() -> Check {
        guard let free = FreeSpace(at: home) else { return Check(name: "disk", trouble: "it cannot be asked") }
        if free.hasNoFiles { return Check(name: "disk", trouble: "no more files can be made") }
        return Check(name: "disk", trouble: free.bytes < Readiness.room ? "less than 64 MiB are free" : nil)
    }
}

extension JournalError {
    fileprivate var trouble: String? {
        switch self {
        case .notFound: "there is none"
        case .notAJournal: "it is none"
        case .newerFormat(let version): "it has format \(version), which a newer foxtrail wrote"
        case .exists, .busy, .unknownEvent, .malformedEvent, .broken, .behindCheckpoint, .forked, .damagedCheckpoint,
            .erasureUnfinished, .othersHome, .system, .sqlite:
            nil
        }
    }
}
