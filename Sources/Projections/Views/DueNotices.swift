package import ContactSync
package import GRDB

/// A message that a target is still to get.
package struct DueNotice: Sendable {
    package let notice: NoticeRow
    package let part: NoticePart
    package let target: NoticeTarget
    /// When it was first tried, in milliseconds since 1970; nil where it was not.
    package let firstAt: Int64?
}

extension Notices {
    /// How long after a notice's end its target may still be told of it, in milliseconds.
    private static let memory: Int64 = 30 * Milliseconds.day

    /// What is to be sent, in order: each open notice to whoever does not have it, and each end to whoever has its
    /// beginning. What began and ended before it reached somebody is not told to them at all.
    package static func due(_ db: Database, at now: Int64) throws -> [DueNotice] {
        let targets = try targets(db)
        return try recent(db, since: now - memory).reversed().flatMap { notice -> [DueNotice] in
            let deliveries = try deliveries(of: notice.number, db)
            func delivery(_ part: NoticePart, _ target: NoticeTarget) -> NoticeDelivery? {
                deliveries.first { $0.part == part && $0.target == target }
            }
            if notice.ending == .replaced { return [] }
            return targets.compactMap { target in
                let part = notice.ending == nil ? NoticePart.raised : .cleared
                let before = delivery(part, target)
                if before?.state == .delivered || before?.state == .givenUp { return nil }
                if part == .cleared, delivery(.raised, target)?.state != .delivered { return nil }
                return DueNotice(notice: notice, part: part, target: target, firstAt: before?.firstAt)
            }
        }
    }
}
