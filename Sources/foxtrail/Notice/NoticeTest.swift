import ArgumentParser
import ContactSync
import Projections
import SyncEngine

struct NoticeTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Send a test to everybody who gets notices, and say what was answered.",
        discussion: """
            Example: foxtrail notice test

            Nothing is recorded. Exit code 69: somebody was not reached; 78: nobody gets notices.
            """)
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let actor = try global.permittedActor()
        let progress = ProgressLine(quiet: global.quiet)
        Interruption.listen()
        let answers = try await NoticeTrial.run(
            Store(home: global.directory), actor: actor, post: NoticeConnection.post(global.secrets, progress))
        progress.clear()
        guard !answers.isEmpty else {
            throw Failure(.configuration, "nobody gets notices", ["foxtrail notice set --email admins"])
        }
        if global.json {
            answers.forEach { Output.json($0.json) }
        } else {
            Output.table(["RESULT", "TO", "ANSWER"], answers.map { [$0.isWell ? "ok" : "FAIL", $0.place, $0.words] })
        }
        let hints = answers.flatMap(\.hints)
        let failed = answers.count { !$0.isWell }
        if failed > 0 {
            throw Failure(
                .remoteUnavailable,
                "\(failed) of \(answers.count) \(answers.count == 1 ? "test" : "tests") did not get through",
                hints.enumerated().filter { hints.firstIndex(of: $0.element) == $0.offset }.map(\.element))
        }
    }
}

extension NoticeTrial.Answer {
    fileprivate var isWell: Bool { if case .delivered = result { true } else { false } }

    fileprivate var words: String {
        switch result {
        case .delivered(let words): words
        case .failed(let reason, _, _, _): reason
        }
    }

    fileprivate var hints: [String] {
        switch result {
        case .delivered: []
        case .failed(_, let hints, _, _): hints
        }
    }

    fileprivate var json: [(key: String, value: JSONValue)] {
        [
            ("target", .string(target.text)), ("to", .string(place)), ("delivered", .bool(isWell)),
            ("answer", .string(words)),
        ]
    }
}
