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
        let log = try WhatIf(rehearsal, at: Clock.now()).next(trial.offline())
        try DifferenceView(rehearsal: rehearsal, log: log, isWhole: isWhole, json: global.json).show()
    }

    /// On what held before a sync, with what that sync was told.
    func show(_ sync: Int64) throws {
        let trial = try SettingsTrial(file: file, global: global)
        let journal = try JournalFile.openForReading(path: JournalFile.path(home: global.directory))
        guard let recorded = try journal.read({ try RecordedSync($0, sync) }) else {
            throw Failure(.badInput, "there is no ended sync \(sync)", ["foxtrail sync status shows the latest"])
        }
        let before = Position(rawValue: recorded.started.rawValue - 1)
        let rehearsal = try Rehearsal(journal: journal, at: before)
        let log = try WhatIf(rehearsal, at: recorded.time).again(trial.offline(knowing: recorded.properties))
        try DifferenceView(rehearsal: rehearsal, log: log, isWhole: isWhole, json: global.json).show()
    }
}
