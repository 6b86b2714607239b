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
    static let room: UInt64 = 64 << 20

    let home: String

    func checks() -> [Check] { journal() + [projections(), disk()] }

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

    private func disk() -> Check {
        guard let free = Readiness.free(home) else { return Check(name: "disk", trouble: "it cannot be asked") }
        return Check(name: "disk", trouble: free < Readiness.room ? "less than 64 MiB are free" : nil)
    }

    /// How many bytes are free for who is not root.
    static func free(_ path: String) -> UInt64? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize)
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
