import ArgumentParser
import ContactSync

/// What is told about a command line that cannot be understood.
enum Usage {
    static func failure(_ message: String) -> Failure {
        let (command, path, rest) = walk(Foxtrail.globalsLast(CommandLine.arguments.dropFirst()))
        let help = "\(path) --help tells how to use it"
        guard let word = rest.first, !word.hasPrefix("-"), !command.configuration.subcommands.isEmpty else {
            return Failure(.usage, message.lowercasedFirst, [help])
        }
        let names = command.configuration.subcommands.map { $0._commandName }
        let near = EditDistance.nearest(to: word, in: names).map { "did you mean \(path) \($0)?" }
        return Failure(
            .usage, "unknown command \(path) \(word)", [near ?? "there are \(names.joined(separator: ", "))", help])
    }

    /// A value that is none of those that an argument can have.
    static func unknown(_ what: String, _ value: String, among known: [String]) -> Failure {
        Failure(.usage, "unknown \(what) \(value)", ["one of \(known.joined(separator: ", "))"])
    }

    /// The command that the arguments name, as far as they do, and what comes behind.
    private static func walk(_ arguments: [String]) -> (any ParsableCommand.Type, String, ArraySlice<String>) {
        var command: any ParsableCommand.Type = Foxtrail.self
        var path = Foxtrail._commandName
        var rest = arguments[...]
        while let word = rest.first,
            let next = command.configuration.subcommands.first(where: { $0._commandName == word })
        {
            (command, path) = (next, "\(path) \(word)")
            rest.removeFirst()
        }
        return (command, path, rest)
    }
}
