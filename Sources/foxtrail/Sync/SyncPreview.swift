import ArgumentParser
import ContactSync
import Foundation
import Journal
import Projections
import SyncEngine

struct SyncPreview: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Show what a sync would change now; nothing is written anywhere.",
        discussion: """
            Example: foxtrail sync preview --save tonight.plan
                     foxtrail sync run --plan tonight.plan

            Reads Entra ID, and contacts that live elsewhere, as a sync does, and decides as a sync does. Settings that are \
            yet to be saved are tried with --settings FILE.

            create, update, fail, heal (failed, and no longer does), failOtherwise (fails for other reasons), retry (is \
            sent again to the help desk that refused it). With --json one object a record, `what` being one of these, and \
            a last one with the count of each, `unchanged`, `leaving` (users who are \
            gone, and keep their contacts), `mails` (account e-mails to send) and `stillFailing` (how many of the unchanged \
            failed before and do so again).

            A plan is for people too: JSON, a head and one decision a line. It holds personal data, and is yours alone.

            Exit code 69: a tenant could not be read, or the help desk not be reached.
            """)
    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("Keep the decisions in this file, for `sync run --plan`.", valueName: "file"))
    var save: String?
    @Option(help: ArgumentHelp("Try this settings file, as `settings apply` takes it.", valueName: "file"))
    var settings: String?
    @Flag(help: "Show all records, also on a terminal.") var all = false

    func run() async throws {
        guard save == nil || settings == nil else {
            throw Failure(
                .usage, "a plan is made of the settings that are saved",
                ["foxtrail settings apply FILE, and then foxtrail sync preview --save FILE"])
        }
        let edit = try await settings.map { try SettingsTrial(file: $0, global: global) }?.lookedUp()
        let session = SyncSession(global: global)
        let rehearsal = try Rehearsal(global.readModels())
        if let edit { try rehearsal.transact(Occasion(actor: "foxtrail", time: Clock.now()), edit) }
        let log = try await session.rehearse(rehearsal)
        try DifferenceView(rehearsal: rehearsal, log: log, isWhole: all, json: global.json).show()
        try session.conclude(preview: log, rehearsal)
        if let save {
            try PlanFile(path: save).write(try session.plan(of: rehearsal), quiet: global.quiet || global.json)
        }
    }
}
