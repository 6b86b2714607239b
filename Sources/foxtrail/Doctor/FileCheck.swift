import Foundation
import Journal

/// Whose the files of the home directory are, and who else can get at them.
struct FileCheck {
    let home: String
    let secrets: Secrets

    var finding: Finding {
        let files = paths.compactMap { path in FileStatus(path).map { (path: path, status: $0) } }
        guard let owner = FileStatus(home)?.owner else { return Finding("files", .ok, "there are none") }
        if let foreign = files.first(where: { $0.status.owner != owner }) {
            return Finding(
                "files", .fail(.cannotCreate),
                "\(foreign.path) belongs to \(FileCheck.name(foreign.status.owner)), its directory to "
                    + FileCheck.name(owner), advice: "chown -R \(FileCheck.name(owner)): \(home)")
        }
        if let open = files.first(where: { $0.status.mode & 0o022 != 0 }) {
            return Finding(
                "files", .fail(.configuration), "others may write to \(open.path)", advice: "chmod -R go= \(home)")
        }
        // Who may not pass the directory reaches nothing in it.
        if Secrets.mode(home) & 0o011 != 0, let open = files.first(where: { $0.status.mode & 0o044 != 0 }) {
            return Finding(
                "files", .warn, "others may read \(open.path), which is full of personal data",
                advice: "chmod -R go= \(home)")
        }
        if geteuid() == 0, owner != 0 {
            return Finding(
                "files", .warn, "all are \(FileCheck.name(owner))'s, and whatever root makes here will be root's",
                advice: "act as their owner: sudo -u \(FileCheck.name(owner)) foxtrail ...")
        }
        let bytes = files.reduce(0) { $0 + $1.status.size }
        return Finding("files", .ok, "\(files.count), all of \(FileCheck.name(owner)), together \(Size.words(bytes))")
    }

    /// All that is there, but no other directory than ours: on a disk of its own, a home has `lost+found`.
    private var paths: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []
        let files = names.sorted().map { "\(home)/\($0)" }.filter {
            $0 == secrets.directory || FileStatus($0)?.isDirectory == false
        }
        return files + secrets.names.map(secrets.path)
    }

    private static func name(_ owner: uid_t) -> String {
        getpwuid(owner).map { String(cString: $0.pointee.pw_name) } ?? "the user \(owner)"
    }
}

/// An amount of bytes, for people.
enum Size {
    static func words(_ bytes: Int64) -> String {
        let units = ["KiB", "MiB", "GiB", "TiB"]
        guard bytes >= 1024 else { return "\(bytes) bytes" }
        var (value, unit) = (Double(bytes) / 1024, 0)
        while value >= 1024, unit < units.count - 1 { (value, unit) = (value / 1024, unit + 1) }
        return "\(value < 10 ? String(format: "%.1f", value) : String(Int64(value))) \(units[unit])"
    }
}
