import ContactSync
import GRDB
import Journal
import Projections
import SyncEngine

/// `replay --settings`: what other settings would have made of recorded data.
struct ReplayWhatIf {
    let global: GlobalOptions
    let file: String
    let isWhole: Bool

    /// On what holds now, as the next sync would decide if nobody had any news.
    func show() throws {
        let trial = try SettingsTrial(file: file, global: global)
        let rehearsal = try Rehearsal(global.readModels())
        let log = try told { try WhatIf(rehearsal, at: Clock.now(), progress: $0, events: $1).next(trial.offline()) }
        try DifferenceView(rehearsal: rehearsal, log: log, isWhole: isWhole, json: global.json).show()
    }

    /// On what held before a sync, with what that sync was told.
    func show(_ sync: Int64) throws {
        let trial = try SettingsTrial(file: file, global: global)
        let journal = try JournalFile.openForReading(path: JournalFile.path(home: global.directory))
        guard let recorded = try journal.read({ try RecordedSync($0, sync) }) else {
            throw Failure(.badInput, "there is no ended sync \(sync)", ["foxtrail sync status shows the latest"])
        }
        guard recorded.approved.isEmpty else { throw ReplayWhatIf.refused(sync, recorded, file) }
        let before = Position(rawValue: recorded.started.rawValue - 1)
        let rehearsal = try global.folding { try Rehearsal(journal: journal, at: before, progress: $0) }
        let log = try told {
            try WhatIf(rehearsal, at: recorded.time, progress: $0, events: $1)
                .again(trial.offline(knowing: recorded.properties))
        }
        try DifferenceView(rehearsal: rehearsal, log: log, isWhole: isWhole, json: global.json).show()
    }

    private func told(
        _ body: (_ progress: @escaping (SyncProgress) -> Void, _ events: @escaping FoldProgress) throws -> SyncLog
    ) throws -> SyncLog {
        let line = ProgressLine(quiet: global.quiet)
        defer { line.clear() }
        return try body({ line.show($0) }, { line.show("replaying", $0, of: $1, unit: "events") })
    }

    /// Such a sync reads nothing, so other settings would have had nothing to decide.
    private static func refused(_ sync: Int64, _ recorded: RecordedSync, _ file: String) -> Failure {
        let held = recorded.approved.map(String.init).joined(separator: " and ")
        return Failure(
            .badInput, "sync \(sync) only let through what sync \(held) held, and read nothing itself",
            recorded.approved.map { "foxtrail replay \($0) --settings \(file) tries it on what that one read" })
    }
}
