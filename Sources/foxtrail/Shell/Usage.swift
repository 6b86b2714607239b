import ArgumentParser
import ContactSync
import Foundation

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

    /// A help text whose line that begins with USAGE is broken too: the parser breaks all others.
    static func wrapped(_ help: String) -> String {
        let columns = Descriptor.columns(of: STDOUT_FILENO) ?? 80
        let lines = help.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasPrefix("USAGE: ") ? wrapped(line, to: columns) : String(line)
        }
        return lines.joined(separator: "\n")
    }

    private static func wrapped(_ usage: Substring, to width: Int) -> String {
        var lines: [String] = []
        for part in parts(of: usage) {
            if let last = lines.last, last.count + 1 + part.count <= width {
                lines[lines.count - 1] += " " + part
            } else {
                lines.append(lines.isEmpty ? part : "       " + part)
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The command, its options, each with its value, and its arguments.
    private static func parts(of usage: Substring) -> [String] {
        usage.split(separator: " ").reduce(into: [String]()) { parts, word in
            let last = parts.last ?? ""
            let takesValue = last.hasPrefix("[") ? !last.hasSuffix("]") : last.hasPrefix("-") && !last.contains(" ")
            let begins = word.hasPrefix("[") || word.hasPrefix("-") || word.hasPrefix("<") && !takesValue
            if begins || parts.isEmpty {
                parts.append(String(word))
            } else {
                parts[parts.count - 1] += " " + word
            }
        }
    }

    /// A value that is none of those that an argument can have.
    static func unknown(_ what: String, _ value: String, among known: [String]) -> Failure {
        Failure(.usage, "unknown \(what) \(value)", ["one of \(known.joined(separator: ", "))"])
    }

    /// The command that the arguments name, as far as they do, and what comes behind.
    static func walk(_ arguments: [String]) -> (any ParsableCommand.Type, String, ArraySlice<String>) {
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
