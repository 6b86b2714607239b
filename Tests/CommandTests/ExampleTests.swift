import ArgumentParser
import Foundation
import Testing

@testable import foxtrail

/// Examples are what people copy: each command has one, and each is a command line that the parser takes.
@Suite struct ExampleTests {
    @Test func `every command has an example`() {
        let silent = commands().filter { Example.all(in: $0.type.configuration.discussion).isEmpty }
        #expect(silent.map(\.path) == [])
    }

    @Test func `every example in a help text can be parsed, and is of its command`() {
        for command in commands() {
            for example in Example.all(in: command.type.configuration.discussion) {
                #expect(example.refusal == nil, "\(command.path): \(example.line)")
            }
            let isShown = Example.all(in: command.type.configuration.discussion).contains { example in
                example.line.hasPrefix(command.path)
            }
            #expect(isShown, "no example of \(command.path) itself")
        }
    }

    @Test func `every command line in the README can be parsed`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        // The picture of the source tour names the program too.
        let examples = Example.all(in: readme).filter { !$0.line.hasPrefix("foxtrail (") }
        #expect(examples.count > 30)
        for example in examples { #expect(example.refusal == nil, "\(example.line)") }
    }

    @Test(arguments: ["foxtrail sync rum", "foxtrail sync run --plam x", "foxtrail agent add a@b.example --role admin"])
    func `a command line that is none is refused`(line: String) { #expect(Example(line).refusal != nil) }

    private typealias Command = (path: String, type: any ParsableCommand.Type)

    private func commands(_ type: any ParsableCommand.Type = Foxtrail.self, in parent: String = "") -> [Command] {
        let path = parent + (parent.isEmpty ? "" : " ") + type._commandName
        return [(path, type)] + type.configuration.subcommands.flatMap { commands($0, in: path) }
    }
}

/// A command line as a text shows it.
private struct Example {
    let line: String

    init(_ line: some StringProtocol) { self.line = String(line) }

    /// The lines that begin with the program's name, each with those that it goes on in.
    static func all(in text: String) -> [Example] {
        let joined = text.replacing(#/ *\\\n */#, with: " ")
        return joined.split(separator: "\n").compactMap { line in
            let words = line.trimmingPrefix(#/ */#).trimmingPrefix("Example: ").trimmingPrefix(#/[ *\/0-9]*/#)
            let isShell = line.hasPrefix("    ") || line.hasPrefix("Example: ") || line.hasPrefix(" ")
            return isShell && words.hasPrefix("foxtrail ") ? Example(words) : nil
        }
    }

    /// What the parser says against it; nil where it takes each of the commands that are piped into each other.
    var refusal: String? {
        for command in commands {
            guard command.first == "foxtrail" else { continue }
            let (type, _, rest) = Usage.walk(Foxtrail.globalsLast(command.dropFirst()))
            // A command alone is parsed a hundred times faster than below the root of all.
            if !type.configuration.subcommands.isEmpty {
                if rest.isEmpty { continue }
                return "\(rest[rest.startIndex]) is no command"
            }
            do { _ = try type.parse(Array(rest)) } catch { return Foxtrail.message(for: error) }
        }
        return nil
    }

    /// The words of each command, without comments and files of output.
    private var commands: [[String]] {
        var commands: [[String]] = [[]]
        var isFile = false
        for word in words {
            if word == "|" || word == "&&" {
                commands.append([])
            } else if word == ">" {
                isFile = true
            } else {
                if !isFile { commands[commands.count - 1].append(word) }
                isFile = false
            }
        }
        return commands
    }

    private var words: [String] {
        line.prefix(upTo: line.firstRange(of: #/ +# /#)?.lowerBound ?? line.endIndex)
            .matches(of: #/"([^"]*)"|(\S+)/#).map { String($0.output.1 ?? $0.output.2 ?? "") }
    }
}
