import GRDB
import Testing

@testable import Journal

@Suite struct AppendOnlyTests {
    @Test(arguments: [
        "UPDATE events SET type = 'x' WHERE position = 1",
        "UPDATE events SET salt = NULL, data = NULL WHERE position = 1",
        "DELETE FROM events WHERE position = 2",
        "INSERT OR REPLACE INTO events SELECT * FROM events WHERE position = 1",
        "INSERT INTO events SELECT position + 5, recorded_at, type, version, actor, sync, subject, previous, salt, data FROM events LIMIT 1",
        "UPDATE heads SET root = zeroblob(32)", "DELETE FROM heads",
        "INSERT OR REPLACE INTO heads SELECT * FROM heads LIMIT 1",
    ])
    func `the database itself refuses to change what was written`(_ sql: String) throws {
        let home = try TemporaryHome(events: 3)
        for recursive in ["ON", "OFF"] {
            let queue = try DatabaseQueue(path: JournalFile.path(home: home.path))
            #expect(throws: DatabaseError.self) {
                try queue.write { db in
                    try db.execute(sql: "PRAGMA recursive_triggers = \(recursive)")
                    try db.execute(sql: sql)
                }
            }
        }
        #expect(try Verifier.verify(path: JournalFile.path(home: home.path)).faults == [])
    }
}
