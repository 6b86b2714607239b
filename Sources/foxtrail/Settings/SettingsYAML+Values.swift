import ContactSync
import Yams

/// Values by their kind. Every scalar is read as it is written: a custom field may be called `on`, `null` or `0123`.
extension SettingsYAML {
    /// - Parameter place: What stands before the names, such as `users.`.
    func refuseUnknown(_ members: [Member], _ known: [String], in place: String) throws {
        for (name, value) in members where !known.contains(name) {
            let near = EditDistance.nearest(to: name, in: known).map { "did you mean \(place)\($0)?" }
            throw failure(
                value, "unknown setting \(place)\(name)", [near ?? "there are \(known.joined(separator: ", "))"])
        }
    }

    /// The members of a map all of whose names are known.
    func members(_ node: Node, of key: String, known: [String], example: String) throws -> [String: Node] {
        guard node.mapping != nil else {
            throw failure(node, "\(key) must hold \(known.joined(separator: ", "))", ["such as \(example)"])
        }
        let members = try members(of: node)
        try refuseUnknown(members, known, in: "\(key).")
        return Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }
    }

    /// The elements of a list.
    func elements(_ node: Node, of key: String, example: String) throws -> [Node] {
        guard let elements = node.sequence else { throw failure(node, "\(key) must be a list", ["such as \(example)"]) }
        return Array(elements)
    }

    func text(_ node: Node, _ key: String) throws -> String {
        guard let text = node.scalar?.string, !text.isEmpty else { throw failure(node, "\(key) has no value") }
        return text
    }

    func bool(_ node: Node, _ key: String) throws -> Bool {
        guard let value = SettingsText.bool(try text(node, key)) else {
            throw failure(node, "\(key) must be true or false")
        }
        return value
    }

    /// Runs a check that the command line has too: what it refuses is told with the line, and as bad input.
    func checked<T>(_ node: Node?, _ check: () throws -> T) throws -> T {
        do { return try check() } catch {
            let refusal = Failure(describing: error)
            throw failure(node, refusal.message, refusal.hints)
        }
    }
}
