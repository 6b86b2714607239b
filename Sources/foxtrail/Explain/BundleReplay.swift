import ContactSync
import Foundation
import SyncEngine

/// `replay --bundle`: decides one record again, on a machine that knows nothing else of it.
struct BundleReplay {
    let path: String

    /// - Parameter others: What cannot be asked of a bundle was asked too.
    func run(json: Bool, besides others: Bool) throws {
        if others { throw Failure(.usage, "--bundle stands alone: a bundle holds one record and no sync") }
        let bytes = try BundleError.inWords(of: path) { try read() }
        let bundle = try BundleError.inWords(of: path) { try RecordBundle(bytes) }
        let verdict = try BundleError.inWords(of: path) { try bundle.verdict() }
        if json {
            Output.json([
                ("same", .bool(verdict.isSame)), ("recorded", .string(verdict.recorded.words)),
                ("decided", .string(verdict.decided.words)), ("engineVersion", .number(String(bundle.engine))),
                ("thisEngineVersion", .number(String(Syncer.engineVersion))),
            ])
        } else {
            Output.line(Output.printable(verdict.words))
            if !verdict.isSame, bundle.engine != Syncer.engineVersion {
                Output.line("engine version \(bundle.engine) decided it, and this is \(Syncer.engineVersion)")
            }
        }
        if !verdict.isSame, bundle.engine == Syncer.engineVersion { throw Finished(code: .bug) }
    }

    /// One byte more than a bundle can have tells that the file is none, whatever its length.
    private func read() throws -> [UInt8] {
        guard let file = FileHandle(forReadingAtPath: path),
            let data = try? file.read(upToCount: RecordBundle.maximumBytes + 1) ?? Data()
        else { throw Failure(.badInput, "the bundle \(path) cannot be read", ["check its name and rights"]) }
        guard !data.isEmpty else { throw BundleError.notABundle("it is empty") }
        return Array(data)
    }
}

extension BundleError {
    /// Runs `body`, telling what is wrong with the bundle at a path.
    static func inWords<T>(of path: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as BundleError {
            switch error {
            case .notABundle(let why):
                throw Failure(
                    .badInput, "\(path) is no bundle: \(why)", ["foxtrail explain WHO --bundle FILE makes one"])
            case .newer(let version):
                throw Failure(
                    .badInput, "\(path) is a bundle of version \(version), which a newer foxtrail wrote",
                    ["install the newer foxtrail"])
            case .cannotRedact:
                throw Failure(
                    .bug, "the record cannot be written with other letters so that it is decided the same way",
                    ["nothing was written"])
            }
        }
    }
}

extension BundleVerdict {
    var words: String {
        isSame
            ? "decided again the same way: \(decided.words)"
            : "decided otherwise: recorded is \(recorded.words), and decided is \(decided.words)"
    }
}

extension Decision {
    /// What a decision comes to, in the words of the journal.
    var words: String {
        switch self {
        case .create: "create a contact"
        case .update(let contact, let changes, let adopts):
            (adopts ? "link contact \(contact)" : "update contact \(contact)")
                + (changes.isEmpty ? "" : ": " + changes.map(\.field.text).joined(separator: ", "))
        case .fail(_, let reasons): "fail: " + reasons.map(\.code).joined(separator: ", ")
        }
    }
}
