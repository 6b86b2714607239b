import ContactSync
import SyncEngine

extension Difference.Kind {
    var words: String {
        switch self {
        case .create: "to create"
        case .update: "to update"
        case .fail: "to fail"
        case .heal: "to heal"
        case .failOtherwise: "to fail for other reasons"
        case .retry: "to send again after a refusal"
        }
    }

    var word: String { self == .failOtherwise ? "fail otherwise" : rawValue }
}

extension Difference {
    /// Who, and below one line for a new contact, and one for each part of another that changes.
    var lines: [String] {
        let who = email.isEmpty ? "user \(user.objectID)" : email
        let what = kind.word + String(repeating: " ", count: max(1, 8 - kind.word.count))
        return [what + who] + details.map { "          " + $0 }
    }

    private var details: [String] {
        var lines: [String] = []
        if adopts { lines.append("takes over the contact that has the address") }
        if isNew, !changes.isEmpty {
            let parts = changes.filter { $0.field != .email }.map { "\($0.field.text) \($0.new?.shown ?? "")" }
            lines.append(parts.joined(separator: ", "))
        } else {
            lines += changes.map { "\($0.field.text): \($0.old?.shown ?? "none") -> \($0.new?.shown ?? "none")" }
        }
        lines += reasons.map(\.text)
        return lines.isEmpty ? ["the contact is as it should be"] : lines
    }

    var json: [(key: String, value: JSONValue)] {
        [
            ("what", .string(kind.rawValue)), ("email", .string(email)), ("type", .string(isNew ? "New" : "Existing")),
            ("tenant", .string(user.tenant.rawValue)), ("objectID", .string(user.objectID)), ("adopts", .bool(adopts)),
            (
                "changes",
                .array(
                    changes.map {
                        .object([
                            ("field", .string($0.field.text)), ("old", $0.old?.json ?? .null),
                            ("new", $0.new?.json ?? .null),
                        ])
                    })
            ),
            ("reasons", .array(reasons.map { .string($0.text) })),
        ]
    }
}
