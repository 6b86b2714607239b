import Foundation
import Journal

/// Whether there is room to go on. An erasure and an upgrade of the format write the journal anew beside itself, and the
/// read models are made anew beside the old ones' log: so twice what is there has to be free.
struct DiskCheck {
    let home: String

    /// Below this, in bytes, a sync of one day may end with a full disk.
    static let least: Int64 = 100 << 20
    static let comfortable: Int64 = 1 << 30

    var finding: Finding {
        var status = statvfs()
        guard statvfs(home, &status) == 0 else {
            return Finding("disk space", .warn, "unknown: \(String(cString: strerror(errno)))")
        }
        let free = Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
        let needed = max(DiskCheck.comfortable, 2 * held)
        let text = "\(Size.words(free)) free; journal and read models have \(Size.words(held))"
        let advice = "make room where \(home) lies: "
        if status.f_files > 0, status.f_favail == 0 {
            return Finding("disk space", .fail(.io), "no more files can be made", advice: advice + "remove files")
        }
        if free < DiskCheck.least {
            return Finding("disk space", .fail(.io), text, advice: advice + "below 100 MiB a sync may find none left")
        }
        guard free < needed else { return Finding("disk space", .ok, text) }
        return Finding(
            "disk space", .warn, text,
            advice: advice + "an erasure and an upgrade need twice the journal's size, \(Size.words(needed)) is well")
    }

    private var held: Int64 {
        ["journal.sqlite", "journal.sqlite-wal", "projections.sqlite", "projections.sqlite-wal"].reduce(0) {
            $0 + (FileStatus("\(home)/\($1)")?.size ?? 0)
        }
    }
}
