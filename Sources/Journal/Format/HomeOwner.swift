import Glibc

/// Root may write into anybody's home directory, and would leave files there that its owner can neither read nor lock.
package enum HomeOwner {
    /// Whether what this process makes in a directory would be its owner's.
    package static func isUs(_ directory: String) -> Bool { other(of: directory) == nil }

    /// - Throws: `JournalError.othersHome` where root would write in a directory of somebody else.
    package static func check(_ directory: String) throws {
        guard let other = other(of: directory) else { return }
        throw JournalError.othersHome(path: directory, owner: name(of: other))
    }

    private static func other(of directory: String) -> uid_t? {
        var status = stat()
        guard geteuid() == 0, stat(directory, &status) == 0, status.st_uid != 0 else { return nil }
        return status.st_uid
    }

    private static func name(of user: uid_t) -> String {
        guard let entry = getpwuid(user) else { return "#\(user)" }
        return String(cString: entry.pointee.pw_name)
    }
}
