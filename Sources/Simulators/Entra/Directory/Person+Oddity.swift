extension Person {
    /// Values that are legal and that programs nevertheless stumble over. A clean tenant has none.
    enum Oddity {
        case none
        /// A display name of 256 characters and a street of 1,024: as long as Entra allows.
        case veryLong
        case emoji
        case quotes
        /// A job title which a spreadsheet would compute.
        case formula
    }

    var oddity: Oddity {
        guard !roster.clean else { return .none }
        switch roll(.oddity).pick(1000) {
        case 0..<8: return .veryLong
        case 8..<16: return .emoji
        case 16..<24: return .quotes
        case 24..<40: return .formula
        default: return .none
        }
    }

    var formulaTitle: String {
        ["=HYPERLINK(\"http://evil.example\",\"Open\")", "+1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(1,2)"][
            roll(.oddity).pick(4, shift: 16)]
    }
}
