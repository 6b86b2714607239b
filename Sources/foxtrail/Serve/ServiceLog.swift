import ContactSync
import Foundation
import Logging

/// Writes what the service logs to stderr. Names, addresses and secrets have no business here: whoever reads the log of a
/// machine need not be who may read the journal.
struct ServiceLog: LogHandler {
    let format: LogFormat
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level

    init(format: LogFormat, quiet: Bool) {
        self.format = format
        logLevel = quiet ? .warning : .info
    }

    /// For libraries, whose errors come to us as errors.
    static let silent = Logger(label: "foxtrail.libraries") { _ in SwiftLogNoOpLogHandler() }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let text =
            switch format {
            case .text: ServiceLog.text(event.level, "\(event.message)", all)
            case .json: ServiceLog.json(event.level, "\(event.message)", all)
            }
        let lines = text.split(separator: "\n").map { ServiceLog.priority(event.level) + $0 + "\n" }.joined()
        _ = Descriptor.write(Array(lines.utf8), to: STDERR_FILENO)
    }

    /// What journald takes for the line's level and leaves out (sd-daemon(3)); nothing where it does not listen.
    private static func priority(_ level: Logger.Level) -> String {
        guard ProcessInfo.processInfo.environment["JOURNAL_STREAM"] != nil else { return "" }
        return switch level {
        case .critical: "<2>"
        case .error: "<3>"
        case .warning: "<4>"
        case .notice: "<5>"
        case .info: "<6>"
        case .debug, .trace: "<7>"
        }
    }

    /// As commands say it: a level and a sentence, and hints below; the time is journald's business.
    private static func text(
        _ level: Logger.Level, _ message: String, _ metadata: [(key: String, value: Logger.Metadata.Value)]
    ) -> String {
        var members: [String] = []
        var hints: [String] = []
        for (key, value) in metadata {
            if key == "hints", case .array(let lines) = value {
                hints = lines.map { "hint: \($0)" }
            } else {
                members.append("\(key)=\(value)")
            }
        }
        let word = level >= .error ? "error" : level.rawValue
        let line = "\(word): \(message)" + (members.isEmpty ? "" : " (\(members.joined(separator: " ")))")
        return ([line] + hints).map { Output.printable($0) }.joined(separator: "\n")
    }

    private static func json(
        _ level: Logger.Level, _ message: String, _ metadata: [(key: String, value: Logger.Metadata.Value)]
    ) -> String {
        let now = Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        return Output.text(
            of: [("time", .string(now)), ("level", .string(level.rawValue)), ("message", .string(message))]
                + metadata.map { ($0.key, json($0.value)) })
    }

    private static func json(_ value: Logger.Metadata.Value) -> JSONValue {
        switch value {
        case .string(let text): .string(text)
        case .array(let values): .array(values.map(json))
        case .dictionary(let members): .object(members.sorted { $0.key < $1.key }.map { ($0.key, json($0.value)) })
        case .stringConvertible(let value):
            if let number = value as? any BinaryInteger { .number("\(number)") } else { .string("\(value)") }
        }
    }
}

extension Logger {
    /// What went wrong, with what to do about it.
    func fail(_ failure: Failure, level: Logger.Level = .error, _ metadata: Logger.Metadata = [:]) {
        var metadata = metadata
        if !failure.hints.isEmpty { metadata["hints"] = .array(failure.hints.map { .string($0) }) }
        log(level: level, "\(failure.message)", metadata: metadata)
    }
}

extension Logger.MetadataValue {
    static func number(_ number: Int64) -> Self { .stringConvertible(number) }
}
