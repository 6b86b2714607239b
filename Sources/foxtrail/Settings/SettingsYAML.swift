import Foundation
import Yams

/// The YAML below a settings file: documents of names and values, without what could make them mean more than they show.
struct SettingsYAML {
    typealias Member = (name: String, value: Node)

    /// Some hundred tenants with all they can hold, and the texts of an e-mail.
    private static let mostBytes = 1 << 20
    let file: String

    /// The documents of a stream, those without anything left out; also objects a line, as `--json` prints them.
    func documents(of data: Data) throws -> [[Member]] {
        guard data.count <= SettingsYAML.mostBytes else {
            throw Failure(.badInput, "\(file) is too large for settings", ["1 MiB is the most"])
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw Failure(.badInput, "\(file) is not UTF-8 text", ["save it as UTF-8"])
        }
        guard !SettingsYAML.mayUnfold(data) else { throw noAliases(nil) }
        // Nodes hold their anchors weakly: the parser keeps them.
        let parser = try reading { try Parser(yaml: SettingsYAML.stream(text)) }
        return try withExtendedLifetime(parser) {
            var documents: [[Member]] = []
            while let root = try reading({ try parser.nextRoot() }) {
                if root.scalar?.string.isEmpty == true { continue }
                guard root.mapping != nil else { throw failure(root, "settings are names with values", present) }
                try refuseAnchors(root)
                documents.append(try members(of: root))
            }
            guard !documents.isEmpty else { throw Failure(.badInput, "\(file) holds no settings", present) }
            return documents
        }
    }

    private var present: [String] { ["foxtrail settings export prints the present ones"] }

    /// Objects a line are no YAML; each is a document once the mark for one stands before it.
    private static func stream(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let told = lines.filter { $0.contains { !$0.isWhitespace } }
        guard told.count > 1, told.allSatisfy({ $0.hasPrefix("{") && $0.trimmingSuffix("\r").hasSuffix("}") }) else {
            return text
        }
        return lines.map { $0.hasPrefix("{") ? "--- " + $0 : String($0) }.joined(separator: "\n")
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

    /// Whether there may be anchors, and so many aliases of them that these, as keys, unfold to much while they are
    /// parsed; a few cannot.
    private static func mayUnfold(_ data: Data) -> Bool {
        func marks(_ mark: UInt8) -> Int {
            zip([UInt8(ascii: "\n")] + data, data).count { before, byte in
                byte == mark && " \t\n[{,:?-".utf8.contains(before)
            }
        }
        return marks(UInt8(ascii: "*")) >= 8 && marks(UInt8(ascii: "&")) > 0
    }

    private func noAliases(_ node: Node?) -> Failure {
        failure(node, "anchors and aliases are not taken in settings", ["write the value wherever it is meant"])
    }
}
