import Foundation
import GRDB
import Journal
import Projections
import Testing

/// What is folded beside the home's own projections is left nowhere, and is held on disk all the same.
@Suite struct ScratchTests {
    @Test func `what does not fit into the cache is in a file that has no name any more`() throws {
        try Scratch.with { projector in
            try projector.db.execute(sql: "CREATE TABLE large (bytes BLOB)")
            for _ in 0..<80 { try projector.db.execute(sql: "INSERT INTO large VALUES (randomblob(1000000))") }
            let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
                try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
            }
            let spilled = open.filter { $0.contains("etilqs_") }
            #expect(!spilled.isEmpty && spilled.allSatisfy { $0.hasSuffix("(deleted)") })
        }
    }
}
