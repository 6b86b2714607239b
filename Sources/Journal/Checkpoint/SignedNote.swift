/// A text with signatures below it: https://c2sp.org/signed-note
package struct SignedNote: Equatable, Sendable {
    package struct Signature: Equatable, Sendable {
        let name: String
        let keyID: [UInt8]
        let bytes: [UInt8]
    }

    private static let dash = "\u{2014} "
    private static let mostSignatures = 100

    /// Ends with a newline; the blank line below it is not part of it.
    package let text: String
    package let signatures: [Signature]

    init(text: String, signatures: [Signature]) {
        self.text = text
        self.signatures = signatures
    }

    /// The whole note, as it stands in a file.
    package var encoded: String {
        let lines = signatures.map { "\(SignedNote.dash)\($0.name) \(Base64.encode($0.keyID + $0.bytes))\n" }
        return text + "\n" + lines.joined()
    }

    /// Nil where this is no note. What it says counts for nothing until a verifier has looked at it.
    package init?(_ encoded: [UInt8]) {
        guard let string = String(validating: encoded, as: UTF8.self),
            encoded.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }), string.hasSuffix("\n")
        else { return nil }
        var lines = string.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        var signatures: [Signature] = []
        while let line = lines.last, !line.isEmpty {
            guard let signature = SignedNote.signature(line), signatures.count < SignedNote.mostSignatures else {
                return nil
            }
            signatures.insert(signature, at: 0)
            lines.removeLast()
        }
        // The blank line, and a text above it.
        guard lines.count > 1, !signatures.isEmpty else { return nil }
        self.init(text: lines.dropLast().map { $0 + "\n" }.joined(), signatures: signatures)
    }

    private static func signature(_ line: Substring) -> Signature? {
        guard line.hasPrefix(dash) else { return nil }
        let parts = line.dropFirst(dash.count).split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, NoteKey.isName(parts[0]), let bytes = Base64.decode(parts[1]), bytes.count > 4 else {
            return nil
        }
        return Signature(name: String(parts[0]), keyID: Array(bytes[..<4]), bytes: Array(bytes[4...]))
    }
}
