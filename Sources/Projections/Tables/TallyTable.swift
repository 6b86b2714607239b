import ContactSync
import GRDB
import Journal

/// How many records of each tenant are synced, failed and new in the latest sync: kept, so that nothing has to be
/// counted over a million rows at its end.
struct TallyTable {
    static let version = 2
    static let schema = """
        CREATE TABLE tally (
            tenant TEXT PRIMARY KEY, synced INTEGER NOT NULL, failed INTEGER NOT NULL, new INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
    private let add, newSync: RowStatement

    init(_ db: Database) throws {
        add = try RowStatement(
            db,
            """
            INSERT INTO tally VALUES (?, ?, ?, ?) ON CONFLICT (tenant) DO UPDATE SET
                synced = synced + excluded.synced, failed = failed + excluded.failed, new = new + excluded.new
            """)
        newSync = try RowStatement(db, "UPDATE tally SET new = 0 WHERE new > 0")
    }

    /// Takes a user from what the row counted for to what it counts for now.
    func count(_ tenant: TenantID, from old: UsersTable.Row, to now: UsersTable.Row, in sync: Int64?) throws {
        let (before, after) = (TallyTable.counts(old, sync), TallyTable.counts(now, sync))
        guard before != after else { return }
        add.bind(1, tenant.rawValue)
        add.bind(2, after.synced - before.synced)
        add.bind(3, after.failed - before.failed)
        add.bind(4, after.new - before.new)
        try add.run()
    }

    func beginSync() throws { try newSync.run() }

    private static func counts(_ row: UsersTable.Row, _ sync: Int64?) -> (synced: Int64, failed: Int64, new: Int64) {
        switch row.outcome {
        case _ where row.isRemoved: (0, 0, 0)
        case .undecided: (0, 0, 0)
        case .synced: (1, 0, row.createdIn != nil && row.createdIn == sync ? 1 : 0)
        case .failed: (0, 1, 0)
        }
    }
}
