import Console
import ContactSync
import EntraID
import Foundation
import GRDB
import HTTP
import HappyFox
import Journal
import Mail
import Simulators
import SyncEngine

/// The documented exit codes (sysexits(3), and 2 for a sync with failed records).
enum ExitCode: Int32 {
    case done = 0, recordsFailed = 2, usage = 64, badInput = 65, remoteUnavailable = 69, bug = 70
    case cannotCreate = 73, io = 74, busy = 75, doesNotVerify = 76, notPermitted = 77, configuration = 78
}

/// The command has said everything and ends with this code.
struct Finished: Error {
    let code: ExitCode
}

/// What went wrong, in one line, with what to do about it.
struct Failure: Error {
    let code: ExitCode
    let message: String
    let hints: [String]

    init(_ code: ExitCode, _ message: String, _ hints: [String] = []) {
        self.code = code
        self.message = message
        self.hints = hints
    }

    /// Writes `error:` and `hint:` lines to stderr.
    func print() {
        let lines = ["error: \(message)"] + hints.map { "hint: \($0)" }
        let text = lines.map { Output.printable($0) + "\n" }.joined()
        _ = Descriptor.write(Array(text.utf8), to: STDERR_FILENO)
    }

    /// Any error of any module, in the words of the command line. The one place where errors become messages.
    init(describing error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as JournalError: self.init(journal: error)
        case let error as SyncError: self.init(sync: error)
        case let error as EntraError: self.init(entra: error)
        case let error as WebError: self.init(web: error)
        case let error as HappyFoxError: self.init(happyFox: error)
        case let error as TemplateError: self = error.failure
        case let error as PortError: self.init(port: error)
        case let error as ConsoleError: self.init(console: error)
        case let error as DatabaseError:
            self.init(code: error.extendedResultCode.rawValue, message: error.message ?? "database error")
        default: self.init(.bug, "\(error)", ["this is a bug in foxtrail; please report it with the command you ran"])
        }
    }

    private init(web error: WebError) {
        let code: ExitCode =
            switch error.kind {
            case .settings: .configuration
            case .notAllowed: .badInput
            case .unreachable, .timeout, .truncated, .status, .throttled, .notJSON, .tooLarge: .remoteUnavailable
            }
        self.init(code, error.message, error.hints)
    }

    private init(happyFox error: HappyFoxError) {
        let code: ExitCode =
            switch error.kind {
            case .keyRefused: .notPermitted
            case .unavailable: .remoteUnavailable
            case .unexpected: .badInput
            }
        self.init(code, error.message, error.hints)
    }

    private init(port error: PortError) {
        let message =
            switch error {
            case .inUse(let port): "the port \(port) is in use"
            case .notAllowed(let port): "this user may not listen on the port \(port)"
            }
        self.init(.cannotCreate, message, ["--port 0 takes a free one"])
    }

    private init(console error: ConsoleError) {
        let message =
            switch error {
            case .addressInUse(_, let port): "the port \(port) is in use"
            case .notAllowed(_, let port): "this user may not listen on the port \(port)"
            case .noSuchAddress(let host): "\(host) is no address of this machine"
            }
        self.init(.cannotCreate, message, ["another port, or 127.0.0.1, may be free; port 0 takes a free one"])
    }

    private init(entra error: EntraError) {
        let code: ExitCode =
            switch error.kind {
            case .authorizationRefused, .permissionMissing: .notPermitted
            case .unavailable, .syncStateLost, .pageExpired: .remoteUnavailable
            case .unexpected: .badInput
            }
        self.init(code, error.message, error.hints)
    }

    private init(sync error: SyncError) {
        switch error {
        case .busy: self.init(.busy, "another sync is running", ["wait for it; `foxtrail sync status` shows it"])
        case .appNotInstalled: self.init(.configuration, "the Entra ID app is not installed", ["foxtrail app install"])
        case .nothingToSync:
            self.init(
                .configuration, "no active tenant has contact sync enabled",
                ["foxtrail tenant list shows the tenants", "foxtrail settings set contactSync true"])
        case .nothingHeld(let tenant):
            self.init(.badInput, "nothing is held of tenant \(tenant)", ["foxtrail sync status"])
        case .changedSinceHold(let tenant, let sync):
            self.init(
                .badInput, "settings of tenant \(tenant) have changed since sync \(sync) was held",
                ["foxtrail sync run measures what it would change now"])
        case .notDue: self.init(.busy, "another process runs the sync that was due", ["foxtrail sync status"])
        case .unknownZone(let name):
            self.init(
                .configuration, "this machine does not know the account's time zone \(name)",
                ["install the time zone database (tzdata)"])
        case .cannotConnect(let tenant, let reason):
            self.init(.configuration, "tenant \(tenant): \(reason)", ["authorize the tenant again"])
        }
    }

    private init(journal error: JournalError) {
        switch error {
        case .notFound(let path):
            let isMissing = JournalFile.isMissing(home: String(path.dropLast("/journal.sqlite".count)))
            self.init(
                .configuration, "no journal at \(path)",
                [
                    isMissing
                        ? "there was one: put it back, or the newest backup of it"
                        : "foxtrail init makes one; --home names another directory"
                ])
        case .notAJournal(let path): self.init(.badInput, "\(path) is not a Foxtrail journal")
        case .newerFormat(let version):
            let ours = "foxtrail \(Foxtrail.version) knows formats up to \(JournalFile.newestFormat)"
            self.init(
                .configuration, "the journal has format \(version), which a newer foxtrail wrote",
                ["\(ours); install the one that wrote it, or a newer one"])
        case .exists(let path):
            self.init(.cannotCreate, "\(path) exists already", ["foxtrail never writes over a file; name another"])
        case .busy: self.init(.busy, "another process is writing to the journal", ["try again"])
        case .unknownEvent(let type, let version, let position):
            self.init(
                .configuration,
                "event \(position) is a \(type) of version \(version), which this foxtrail does not know",
                ["install a newer foxtrail"])
        case .malformedEvent(let type, let position):
            self.init(.doesNotVerify, "event \(position) holds no valid \(type)", ["foxtrail journal verify"])
        case .broken(let what): self.init(.doesNotVerify, "the journal is broken: \(what)", ["foxtrail journal verify"])
        case .behindCheckpoint, .forked:
            self.init(
                .doesNotVerify, "the journal does not hold what its last checkpoint signed: \(error)",
                Failure.afterRestore)
        case .damagedCheckpoint(let path):
            self.init(
                .doesNotVerify, "\(path) is not a checkpoint",
                ["it is kept by foxtrail alone; move it away, and foxtrail journal checkpoint signs another"])
        case .erasureUnfinished(let cause, let isBusy):
            self.init(
                isBusy ? .busy : .io,
                "\(cause): the person is erased, and copies may still be in the home directory's files",
                [
                    "mend that; the next command that changes anything removes them, such as foxtrail journal checkpoint"
                ])
        case .othersHome(_, let owner):
            let hint =
                owner.hasPrefix("#") ? "run it as that user" : "run it as that user: sudo -u \(owner) foxtrail ..."
            self.init(.notPermitted, "\(error)", [hint])
        case .system(let operation, let path, let code):
            self.init(
                code == ENOSPC ? .io : .cannotCreate, "cannot \(operation) \(path): \(String(cString: strerror(code)))",
                code == EACCES ? ["check the owner and the rights of the home directory"] : [])
        case .sqlite(let code, let message): self.init(code: code, message: message)
        }
    }

    /// What a journal behind its checkpoint means, and the two ways on.
    private static let afterRestore = [
        "events are lost: the journal was cut off, or is an older copy, such as a backup that was restored",
        "put the newest journal.sqlite back, with its log journal.sqlite-wal",
        "or go on from here, knowing that checkpoints since then no longer verify: "
            + "foxtrail journal checkpoint --after-restore",
    ]

    /// SQLITE_IOERR_GETTEMPPATH.
    private static let noTemporaryDirectory: Int32 = 6410

    /// - Parameter code: SQLite's extended one.
    private init(code: Int32, message: String) {
        if code == Failure.noTemporaryDirectory {
            self.init(
                .io, "there is no directory for temporary files that can be written",
                ["name one in TMPDIR; it needs as much room as the larger of journal.sqlite and projections.sqlite"])
            return
        }
        // SQLITE_IOERR_SHMSIZE: also who only reads needs a little room beside the file.
        switch code == 4874 ? 13 : code & 0xFF {
        case 5, 6: self.init(.busy, "another process is using the database", ["try again"])
        case 13: self.init(.io, "the disk is full", ["nothing was lost; make room and run the command again"])
        case 10: self.init(.io, "the disk cannot be read or written: \(message)")
        case 8, 14, 23:
            self.init(
                .cannotCreate,
                "the home directory cannot be written, or the one for temporary files: \(message)",
                ["check owner and rights; TMPDIR names the one for temporary files"])
        case 11, 26:
            self.init(
                .doesNotVerify, "a database file is damaged: \(message)",
                ["foxtrail journal verify", "foxtrail projections rebuild"])
        default: self.init(.bug, "database error \(code): \(message)")
        }
    }
}

extension String {
    var lowercasedFirst: String {
        let text = hasPrefix("Error: ") ? String(dropFirst("Error: ".count)) : self
        return (text.first?.lowercased() ?? "") + text.dropFirst().prefix { $0 != "\n" }.trimmingSuffix(".")
    }
}

extension StringProtocol {
    func trimmingSuffix(_ character: Character) -> String {
        last == character ? String(dropLast()) : String(self)
    }
}
