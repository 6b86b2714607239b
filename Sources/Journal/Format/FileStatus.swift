import Glibc

/// Whose a file is, who may do what with it, and how large it is.
package struct FileStatus: Sendable {
    /// The owner's number.
    package let owner: UInt32
    /// The rights, and what kind of file it is: `st_mode` of stat(2).
    package let mode: UInt32
    /// In bytes.
    package let size: Int64

    package var isDirectory: Bool { mode & S_IFMT == S_IFDIR }
    package var isRegular: Bool { mode & S_IFMT == S_IFREG }

    /// Nil where there is no such file, or it cannot be looked at. Of a link it is the link's own.
    package init?(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        (owner, mode, size) = (status.st_uid, status.st_mode, Int64(status.st_size))
    }
}
