package import ContactSync
package import GRDB

/// A message that a target is still to get.
package struct DueNotice: Sendable {
    package let notice: NoticeRow
    package let part: NoticePart
    package let target: NoticeTarget
    /// What became of it so far; nil where it was not tried.
    package let before: NoticeDelivery?
    /// Of an end: the notice whose beginning the target has, be it one whose place this one took.
    package let answers: Int64?
}

extension Notices {
    /// How long after a notice's end its target may still be told of it, in milliseconds.
    private static let memory: Int64 = 30 * Milliseconds.day

    /// What is to be sent: each open notice to whoever does not have it, and each end to whoever has its beginning, or
    /// that of a notice whose place it took. What began and ended before it reached somebody is not told to them at all.
    /// In the order of notices; behind them what was tried, the last one last, so that none keeps the others.
    package static func due(_ db: Database, at now: Int64) throws -> [DueNotice] {
        let targets = try targets(db)
        let due = try recent(db, since: now - memory).reversed().filter { $0.ending != .replaced }
            .flatMap { try messages(of: $0, to: targets, db) }
        return due.enumerated().sorted { left, right in
            (left.element.before?.at ?? .min, left.offset) < (right.element.before?.at ?? .min, right.offset)
        }.map(\.element)
    }

    private static func messages(
        of notice: NoticeRow, to targets: [NoticeTarget], _ db: Database
    ) throws -> [DueNotice] {
        let part = notice.ending == nil ? NoticePart.raised : .cleared
        let deliveries = try deliveries(of: notice.number, db)
        // An end is also theirs who know only what it took the place of.
        let begun = part == .raised ? [] : try reached(by: [notice.number] + notice.replaces, db)
        return targets.compactMap { target in
            let before = deliveries.first { $0.part == part && $0.target == target }
            if before?.state == .delivered || before?.state == .givenUp { return nil }
            let answers = begun.filter { $0.target == target }.map(\.notice).max()
            if part == .cleared, answers == nil { return nil }
            return DueNotice(notice: notice, part: part, target: target, before: before, answers: answers)
        }
    }

    private static func reached(by notices: [Int64], _ db: Database) throws -> [NoticeDelivery] {
        try notices.flatMap { try deliveries(of: $0, db) }.filter { $0.part == .raised && $0.state == .delivered }
    }
}
