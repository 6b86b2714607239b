import FoundationEssentials
package import GRDB

extension JournalReader {
    /// The root that the journal recorded when it was this long; nil where it recorded none.
    package static func root(_ db: Database, size: Position) throws -> Hash? {
        let root = try Data.fetchOne(db, sql: "SELECT root FROM heads WHERE size = ?", arguments: [size.rawValue])
        return root.flatMap { Hash($0) }
    }
}
