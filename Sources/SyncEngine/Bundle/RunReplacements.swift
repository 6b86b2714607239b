/// Which run of letters or digits stands for which: chosen at random, and never one for two.
struct RunReplacements {
    enum Kind {
        case letters, digits, other

        init(_ scalar: Unicode.Scalar) {
            switch scalar.properties.generalCategory {
            case .decimalNumber where scalar.isASCII: self = .digits
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
                self = .letters
            default: self = .other
            }
        }
    }

    private static let attempts = 1000

    private var replacements: [String: [Unicode.Scalar]] = [:]
    private var taken: Set<String> = []

    func isKnown(_ run: Substring, _ kind: Kind) -> Bool { replacements[RunReplacements.key(run, kind)] != nil }

    mutating func callAsFunction(_ run: Substring, _ kind: Kind) throws -> String {
        switch kind {
        case .letters: try letters(run)
        case .digits: try digits(run)
        case .other: String(run)
        }
    }

    /// The case is that of the original, letter by letter.
    private mutating func letters(_ run: Substring) throws -> String {
        let other = try replacement(RunReplacements.key(run, .letters)) { $0.map { RunReplacements.sibling(of: $0) } }
        return zip(run.unicodeScalars, other).reduce(into: "") { text, pair in
            text += ("A"..."Z").contains(pair.0) ? pair.1.properties.uppercaseMapping : String(pair.1)
        }
    }

    /// Zeros at the end stay, and whether one is at the start: 5 and 5.00 are one number, and 007 is none.
    private mutating func digits(_ run: Substring) throws -> String {
        let key = RunReplacements.key(run, .digits)
        if key.isEmpty { return String(run) }
        let other = try replacement(key) { RunReplacements.digits($0) }
        return other.reduce(into: "") { $0.unicodeScalars.append($1) } + run.dropFirst(key.count)
    }

    private mutating func replacement(
        _ key: String, _ make: ([Unicode.Scalar]) -> [Unicode.Scalar]
    ) throws -> [Unicode.Scalar] {
        if let known = replacements[key] { return known }
        for attempt in 0..<RunReplacements.attempts {
            let candidate = make(Array(key.unicodeScalars))
            let text = candidate.reduce(into: "") { $0.unicodeScalars.append($1) }
            // Where all others are taken, itself is as good as any.
            if text == key, attempt < RunReplacements.attempts / 2 { continue }
            guard taken.insert(text).inserted else { continue }
            replacements[key] = candidate
            return candidate
        }
        throw BundleError.cannotRedact
    }

    /// What all spellings have in common that become the same.
    private static func key(_ run: Substring, _ kind: Kind) -> String {
        switch kind {
        case .digits: String(run[..<(run.lastIndex { $0 != "0" }.map { run.index(after: $0) } ?? run.startIndex)])
        case .letters, .other: String(run.map { $0.isASCII ? Character($0.lowercased()) : $0 })
        }
    }

    private static func digits(_ key: [Unicode.Scalar]) -> [Unicode.Scalar] {
        key.indices.map { index in
            if index == 0, key[0] == "0" { return "0" }
            let isEdge = index == 0 || index == key.count - 1
            return isEdge
                ? "123456789".unicodeScalars.randomElement() ?? "1" : "0123456789".unicodeScalars.randomElement() ?? "0"
        }
    }

    /// A letter of the same kind and length: another Latin one, or one of the same 32 of its script.
    private static func sibling(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII { return "abcdefghijklmnopqrstuvwxyz".unicodeScalars.randomElement() ?? "a" }
        let block = scalar.value & ~31
        let kind = scalar.properties.generalCategory
        let siblings = (block..<block + 32).compactMap(Unicode.Scalar.init).filter {
            $0.properties.generalCategory == kind
        }
        return siblings.randomElement() ?? scalar
    }
}
