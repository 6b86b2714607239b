/// The words that may stand in what a help desk says of a value: those of its rules. Every other one is taken for a name.
struct PlainWords {
    /// What a number behind is a limit, and nobody's.
    private static let limits: Set<String> = ["most", "least", "than", "exceed", "maximum", "minimum", "exactly"]

    private static let rules = Set(
        """
        a about above accepted active after all allow allowed already an and any are as at be because been before below
        between blank but by can cannot character characters check choice choices contact contacts contain contains correct
        could custom data date decimal default deleted digit digits disabled does duplicate each either email emails empty
        ensure enter error errors exceed exceeds exist existing exists failed false field fields for format found from
        greater had has have id if in inactive incorrect integer invalid is it items its key least length less letters like
        limit list login long longer many maximum message minimum missing more most must name names no none not nothing null
        number numbers of on one only option options or other out part permission phone phones please primary range read
        record records refused reject rejected required same select selected short shorter should some system text than that
        the their there these this those to too try type unable unique unknown unsupported update url use used user users
        valid validation value values was were when which with without write wrong you your
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    private let words: Set<String>

    /// - Parameter names: Names of fields, whose words may stand too.
    init(_ names: [String]) {
        words = PlainWords.rules.union(names.flatMap(PlainWords.parts))
    }

    /// - Parameter before: The word before it. A capital in mid-sentence is that of a name.
    func holds(_ run: Substring, _ kind: RunReplacements.Kind, behind before: String) -> Bool {
        if kind == .digits { return PlainWords.limits.contains(before.lowercased()) }
        let isAtStart = before.isEmpty || before.last.map(".:;!".contains) == true
        return words.contains(run.lowercased()) && (isAtStart || run.first?.isUppercase != true)
    }

    private static func parts(_ name: String) -> [String] {
        name.lowercased().split { !$0.isLetter }.map(String.init)
    }
}
