import Foundation
import Journal
import Projections

/// Whether there is room to go on. An erasure and an upgrade of the format write the journal anew beside itself, and the
/// read models are made anew beside the old ones' log: so twice what is there has to be free.
struct DiskCheck {
    let home: String

    /// Below this, in bytes, a sync of one day may end with a full disk.
    static let least: Int64 = 100 << 20
    static let comfortable: Int64 = 1 << 30

    var finding: Finding {
        guard let space = FreeSpace(at: home) else {
            return Finding("disk space", .warn, "unknown: \(String(cString: strerror(errno)))")
        }
        let (free, held) = (space.bytes, held)
        let needed = max(DiskCheck.comfortable, 2 * held)
        let text = "\(Size.words(free)) free; journal and read models have \(Size.words(held))"
        let advice = "make room where \(home) lies: "
        if space.isReadOnly {
            return Finding(
                "disk space", .fail(.io), "\(home) lies on a disk that is mounted for reading only",
                advice: "mount it for writing; what made the kernel do so stands in its log (dmesg)")
        }
        if space.hasNoFiles {
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
        let sizes = Glance.sizes(home: home)
        return sizes.journal + sizes.projections
    }
}
