/// The SQL of each schema version, embedded. Applied migrations never change; a test holds their digests.
package enum Migrations {
    /// In the order of their application; the journal's `user_version` is how many were applied.
    package static let journal: [String] = [
        String(decoding: PackageResources._001_journal_sql, as: UTF8.self),
        String(decoding: PackageResources._002_erasure_sql, as: UTF8.self),
    ]
}
