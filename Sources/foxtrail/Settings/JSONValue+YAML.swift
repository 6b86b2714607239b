import ContactSync

extension JSONValue {
    /// JSON is YAML; only what needs no quotes goes without them.
    var yaml: String {
        switch self {
        case .string(let text): JSONValue.isPlain(text) ? text : json
        case .array(let elements): "[" + elements.map(\.yaml).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { "\(JSONValue.string($0.key).yaml): \($0.value.yaml)" }.joined(separator: ", ") + "}"
        case .null, .bool, .number: json
        }
    }

    /// As the value of a key at the beginning of a line: lists of objects have a line for each, texts their own lines.
    func yaml(of key: String) -> String {
        switch self {
        case .array(let elements) where elements.contains(where: \.isObject):
            (["\(key):"] + elements.map { "- \($0.yaml)" }).joined(separator: "\n")
        case .object(let members) where members.contains(where: { $0.value.block != nil }):
            (["\(key):"] + members.map { "  \($0.key): \($0.value.block ?? $0.value.yaml)" }).joined(separator: "\n")
        default: "\(key): \(yaml)"
        }
    }

    private var isObject: Bool { if case .object = self { true } else { false } }

    /// A text of several lines as a literal block (YAML 1.2 section 8.1.2) below two spaces; nil where it would not come
    /// back as it is.
    private var block: String? {
        guard case .string(let text) = self, text.contains("\n"), text.first?.isWhitespace == false,
            !text.hasSuffix("\n\n"), text.unicodeScalars.allSatisfy(JSONValue.isPrintable)
        else { return nil }
        let lines = (text.hasSuffix("\n") ? text.dropLast() : text[...])
            .split(separator: "\n", omittingEmptySubsequences: false)
        let indented = lines.map { $0.isEmpty ? "" : "    \($0)" }
        return ([text.hasSuffix("\n") ? "|" : "|-"] + indented).joined(separator: "\n")
    }

    /// Without what some reader takes for the end of a line.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...: true
        default: false
        }
    }

    private var json: String { String(decoding: CanonicalJSON(self).bytes, as: UTF8.self) }

    /// Names of our own keys, properties and domains, but nothing that another reader could take for a number or a switch.
    private static func isPlain(_ text: String) -> Bool {
        let words = ["on", "off", "yes", "no", "y", "n", "true", "false", "null"]
        return text.first?.isLetter == true && !words.contains(text.lowercased())
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || "/._-".utf8.contains(byte)
            }
    }
}
