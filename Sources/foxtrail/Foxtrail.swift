import ArgumentParser
import Foundation

@main
struct Foxtrail: AsyncParsableCommand {
    /// The version of the release, and of the package.
    static let version = "0.1.0"
    static let configuration = CommandConfiguration(
        commandName: "foxtrail",
        abstract: "Copies the users of Microsoft Entra ID into help-desk contacts, one way, and can prove what it did.",
        discussion: """
            Example: foxtrail demo

            plays the whole story on a simulated tenant and prints each command: begin there.
            """,
        version: version,
        groupedSubcommands: [
            CommandGroup(
                name: "Everyday",
                subcommands: [
                    SyncCommand.self, ScheduleCommand.self, Serve.self, LogCommand.self, ContactCommand.self,
                    Explain.self, Doctor.self,
                ]),
            CommandGroup(
                name: "Setting up",
                subcommands: [
                    Init.self, AppCommand.self, TenantCommand.self, SettingsCommand.self, FieldCommand.self,
                    AgentCommand.self, HelpDeskCommand.self, MailCommand.self, NoticeCommand.self,
                ]),
            CommandGroup(
                name: "Proof", subcommands: [JournalCommand.self, Replay.self, ProjectionsCommand.self]),
            CommandGroup(name: "Trying out", subcommands: [Demo.self, Simulate.self]),
        ])

    /// Global options may stand before the command, where the parser knows only the root's own: they go to the end.
    static func globalsLast(_ arguments: ArraySlice<String>) -> [String] {
        var rest = arguments
        var globals: [String] = []
        while let first = rest.first, first.hasPrefix("--") {
            switch first {
            case "--json", "--quiet": globals.append(rest.removeFirst())
            case "--home", "--as":
                globals.append(rest.removeFirst())
                if let value = rest.popFirst() { globals.append(value) }
            case _ where first.hasPrefix("--home=") || first.hasPrefix("--as="): globals.append(rest.removeFirst())
            default: return Array(rest) + globals
            }
        }
        return rest.isEmpty ? [] : Array(rest) + globals
    }

    /// Every error leaves through one door: `error:`, then hints, then the documented exit code.
    static func main() async {
        // Everything here is about people: no file is for others to read.
        umask(0o077)
        // Who reads our messages may go: a sync must not end with that. Output.write ends what only prints.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot(globalsLast(CommandLine.arguments.dropFirst()))
            if let command = command as? any AsyncParsableCommand {
                nonisolated(unsafe) var command = command
                let task = Task { try await command.run() }
                Interruption.prepare { task.cancel() }
                try await task.value
            } else {
                try command.run()
            }
        } catch is CancellationError {
            Failure(.busy, "interrupted", ["what was done stands"]).print()
            Interruption.end()
        } catch let error as Failure {
            error.print()
            Foundation.exit(error.code.rawValue)
        } catch let error as Finished {
            Foundation.exit(error.code.rawValue)
        } catch {
            let code = exitCode(for: error)
            if code.isSuccess { return Output.line(Usage.wrapped(fullMessage(for: error))) }
            if fullMessage(for: error).isEmpty { exit(withError: error) }
            let failure =
                code == .validationFailure ? Usage.failure(message(for: error)) : Failure(describing: error)
            failure.print()
            Foundation.exit(failure.code.rawValue)
        }
    }
}
