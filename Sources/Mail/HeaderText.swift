import FoundationEssentials

/// What people wrote, as it may stand in a header: never more than its own line, and ASCII.
enum HeaderText {
    /// The value of an unstructured header, such as Subject.
    static func unstructured(_ text: String) -> String {
        let line = oneLine(text)
        return isPlain(line) ? line : encodedWords(line)
    }

    /// An address with the name of who has it, which may be empty (RFC 5322 section 3.4).
    static func mailbox(name: String, address: String) -> String {
        let line = oneLine(name)
        if line.isEmpty { return oneLine(address) }
        let phrase =
            isPlain(line)
            ? "\"" + line.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" : encodedWords(line)
        return "\(phrase) <\(oneLine(address))>"
    }

    /// Line ends and other control characters would begin a header of their own.
    static func oneLine(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029: line.append(" ")
            default: line.append(scalar)
            }
        }
        return String(line).split(separator: " ").joined(separator: " ")
    }

    /// Short enough for one line, and nothing that a reader would take for an encoded word.
    private static func isPlain(_ line: String) -> Bool {
        line.utf8.count <= 60 && line.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !line.contains("=?")
    }

    /// RFC 2047: words of at most 75 characters, each of whole characters, on lines of their own.
    private static func encodedWords(_ line: String) -> String {
        var words: [String] = []
        var word = ""
        for scalar in line.unicodeScalars {
            if word.utf8.count + String(scalar).utf8.count > 45 {
                words.append(word)
                word = ""
            }
            word.unicodeScalars.append(scalar)
        }
        words.append(word)
        return words.map { "=?UTF-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }
}
