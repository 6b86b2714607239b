import Glibc

/// What can still be written where a directory lies.
package struct FreeSpace: Sendable {
    /// What is free for who is not root.
    package let bytes: Int64
    /// Whether no more files can be made, however much is free.
    package let hasNoFiles: Bool
    /// Whether it is mounted for reading only.
    package let isReadOnly: Bool

    /// Nil where it cannot be asked.
    package init?(at path: String) {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        bytes = Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
        // A file system that makes them as they are needed tells of none.
        hasNoFiles = status.f_files > 0 && status.f_favail == 0
        isReadOnly = status.f_flag & UInt(ST_RDONLY) != 0
    }
}
