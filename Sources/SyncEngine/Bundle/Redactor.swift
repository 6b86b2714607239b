import ContactSync

/// Replaces what a person's data says and keeps its shape: letters by letters, digits by digits, and everything else as
/// it is.
///
/// The same run of letters or digits gets the same other one everywhere, so that what was equal stays equal, also within
/// other values, and with or without regard to case. Nothing of the original goes into the choice: it cannot be undone.
struct Redactor {
    /// What stays as it is: choices of a dropdown, which are settings.
    private let kept: Set<String>
    /// A number field spells numbers its own way.
    private let keptNumbers: Set<String>
    private(set) var originals: Set<String> = []
    private(set) var results: [String] = []
    private var aliases: [String: String] = [:]
    private var runs = RunReplacements()
    private let plain: PlainWords

    /// - Parameter names: Of the custom fields, which are settings too.
    init(keeping kept: some Sequence<String>, named names: [String] = []) {
        plain = PlainWords(names)
        // What booleans become in a text field.
        self.kept = Set(kept).union(["true", "false"])
        keptNumbers = Set(kept.compactMap { DecimalText.canonical($0) })
    }

    /// The replacement of a whole value.
    mutating func callAsFunction(_ text: String) throws -> String {
        if let alias = aliases[text] { return alias }
        if isKept(text) { return text }
        originals.insert(text)
        let result = try replaced(text)
        results.append(result)
        return result
    }

    private func isKept(_ text: String) -> Bool {
        kept.contains(text) || DecimalText.canonical(text).map(keptNumbers.contains) ?? false
    }

    /// A value that is to become another one as a whole, such as one that was shortened.
    mutating func alias(_ original: String, _ replacement: String) {
        aliases[original] = replacement
        // Brackets with nothing of anybody in them.
        if original == replacement { return }
        originals.insert(original)
        results.append(replacement)
    }

    func isKnown(_ text: String) -> Bool { aliases[text] != nil }

    /// Words of others about a person, and maybe about another one: plain words and limits stay alone. Whatever occurs in a
    /// value is replaced even where it is one.
    mutating func scrub(_ words: String) throws -> String {
        let (known, plain) = (runs, plain)
        var before = ""
        let parts = try words.split(separator: " ", omittingEmptySubsequences: false).map { word in
            defer { before = String(word) }
            if let alias = aliases[String(word)] { return alias }
            if word.contains(/@|\w\.\w/) { return try replaced(word) }
            return try replaced(word) { known.isKnown($0, $1) || !plain.holds($0, $1, behind: before) }
        }
        return parts.joined(separator: " ")
    }

    /// No value that counts stands in what came out. What has neither letters nor digits tells nothing.
    var isClean: Bool {
        let telling = originals.filter { original in
            original.count >= 4 && original.contains { $0.isLetter || ($0.isNumber && $0 != "0") }
        }
        return !results.contains { result in
            !isKept(result) && telling.contains { result.contains($0) }
        }
    }

    private mutating func replaced(
        _ text: some StringProtocol, _ isReplaced: (Substring, RunReplacements.Kind) -> Bool = { _, _ in true }
    ) throws -> String {
        var (mantissa, exponent) = Redactor.split(text)
        var result = ""
        while let first = mantissa.unicodeScalars.first {
            let kind = RunReplacements.Kind(first)
            let run = mantissa.unicodeScalars.prefix { RunReplacements.Kind($0) == kind }
            mantissa = mantissa[run.endIndex...]
            let text = Substring(run)
            result += kind != .other && isReplaced(text, kind) ? try runs(text, kind) : String(text)
        }
        return result + exponent
    }

    /// A number's exponent stays: it is no number without its letter.
    private static func split(_ text: some StringProtocol) -> (Substring, String) {
        let text = Substring(text)
        guard let match = text.wholeMatch(of: /(-?\d+(?:\.\d+)?)([eE][+-]?\d+)/) else { return (text, "") }
        return (match.output.1, String(match.output.2))
    }
}
