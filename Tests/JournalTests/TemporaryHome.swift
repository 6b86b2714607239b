import Foundation
import GRDB

@testable import Journal

/// A home directory with a journal of small events, deleted with the value.
final class TemporaryHome {
    let path: String

    init(events: Int) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("foxtrail-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let writer = try JournalWriter(home: path, creating: true)
        try TemporaryHome.append(writer, events: 1...events)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    static func append(_ writer: JournalWriter, events: ClosedRange<Int>) throws {
        try writer.transaction { appender in
            for number in events {
                _ = try appender.append(
                    NewEvent(
                        type: "userFetched", version: 1, subject: "user:t/\(number)", previous: nil,
                        data: Array("{\"id\":\"\(number)\"}".utf8)), Occasion(actor: "agent:1", sync: 1, time: 1000))
            }
        }
    }

    func append(type: String, subject: String) throws {
        try JournalWriter(home: path).transaction { appender in
            _ = try appender.append(
                NewEvent(type: type, version: 1, subject: subject, previous: nil, data: Array("{}".utf8)),
                Occasion(actor: "agent:1", time: 1000))
        }
    }
}
