import ArgumentParser
import ContactSync
import Projections
import SyncEngine

struct NoticeSend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send", abstract: "Look what stands, without a sync, and send the notices that wait.",
        discussion: """
            Example: foxtrail notice send --quiet

            Every sync does this at its end; `send` is for in between, such as once a day from cron: what expires is told on its \
            day, and what did not get through does not wait for the next sync. Exit code 69: some still wait.
            """)
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let actor = try global.permittedActor()
        let progress = ProgressLine(quiet: global.quiet)
        Interruption.listen()
        let run = NoticeRun(
            store: try Store(home: global.directory), actor: actor,
            post: NoticeConnection.post(global.secrets, progress))
        let (events, done) = try await run()
        progress.clear()
        global.tell(
            events,
            [
                ("sent", JSONValue(Int64(done.delivered))), ("waiting", JSONValue(Int64(done.waiting))),
                ("givenUp", JSONValue(Int64(done.givenUp))),
            ], done.delivered == 0 ? "nothing was sent" : "\(done.delivered) sent")
        if done.isElsewhere { throw Failure(.busy, "another process is sending notices", ["try again"]) }
        guard done.waiting + done.givenUp > 0, let first = done.lines.first else { return }
        throw Failure(.remoteUnavailable, first, Array(done.lines.dropFirst().dropLast()) + ["foxtrail notice list"])
    }
}
