import Foundation
import Yams

/// The YAML below a settings file: one mapping with names for keys, without what could make it mean more than it shows.
struct SettingsYAML {
    typealias Member = (name: String, value: Node)

    private static let mostBytes = 64 << 10
    let file: String

    func members(of data: Data) throws -> [Member] {
        guard data.count <= SettingsYAML.mostBytes else {
            throw Failure(.badInput, "\(file) is too large for settings", ["64 KiB are the most"])
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw Failure(.badInput, "\(file) is not UTF-8 text", ["save it as UTF-8"])
        }
        guard SettingsYAML.aliases(data) < 8 else { throw noAliases(nil) }
        // Nodes hold their anchors weakly: the parser keeps them.
        let parser = try reading { try Parser(yaml: text) }
        guard let root = try reading({ try parser.singleRoot() }), root.mapping != nil else {
            throw Failure(.badInput, "\(file) holds no settings", ["foxtrail settings export prints the present ones"])
        }
        try withExtendedLifetime(parser) { try refuseAnchors(root) }
        return try members(of: root)
    }

    func members(of node: Node) throws -> [Member] {
        try (node.mapping ?? [:]).map { key, value in
            guard let name = key.scalar?.string else { throw failure(key, "a setting's name must be text") }
            return (name, value)
        }
    }

    /// An error at a node, which tells its line.
    func failure(_ node: Node?, _ message: String, _ hints: [String] = []) -> Failure {
        Failure(.badInput, "\(file)\(node?.mark.map { " line \($0.line)" } ?? ""): \(message)", hints)
    }

    private func reading<T>(_ body: () throws -> T) throws -> T {
        do { return try body() } catch let error as YamlError { throw Failure(.badInput, message(error)) }
    }

    private func message(_ error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            "\(file) line \(mark.line): not valid YAML: \(problem)"
        case .duplicatedKeysInMapping(let keys, let context):
            "\(file) line \(context.mark.line): \(keys.joined(separator: ", ")) stands here and again below"
        default: "\(file) is not valid YAML"
        }
    }

    /// A node stands before its aliases, so the walk meets it first and ends there, however much they would unfold to.
    private func refuseAnchors(_ node: Node) throws {
        if node.anchor != nil { throw noAliases(node) }
        for (key, value) in node.mapping ?? [:] {
            try refuseAnchors(key)
            try refuseAnchors(value)
        }
        for element in node.sequence ?? [] { try refuseAnchors(element) }
    }

    /// Roughly how many aliases there are. As keys they unfold while they are parsed; a few cannot unfold to much.
    private static func aliases(_ data: Data) -> Int {
        zip(data, data.dropFirst()).count { before, byte in
            byte == UInt8(ascii: "*") && " \t\n[{,:?-".utf8.contains(before)
        }
    }

    private func noAliases(_ node: Node?) -> Failure {
        failure(node, "anchors and aliases are not taken in settings", ["write the value wherever it is meant"])
    }
}
