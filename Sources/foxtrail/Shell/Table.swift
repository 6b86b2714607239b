import Foundation

extension Output {
    /// Columns aligned by what a terminal shows; the last one is not padded. Cells are cut where a terminal is too
    /// narrow for them, and whole everywhere else.
    static func table(_ header: [String], _ rows: [[String]]) {
        let all = [header] + rows.map { $0.map { printable($0) } }
        var widths = header.indices.map { column in all.map { TextWidth.columns($0[column]) }.max() ?? 0 }
        if let columns = Descriptor.columns(of: STDOUT_FILENO) {
            widths = fitted(widths, into: columns - 2 * (widths.count - 1))
        }
        // Elsewhere everything is whole, and one long cell moves what follows it in its own row only.
        let isCut = Descriptor.columns(of: STDOUT_FILENO) != nil
        if !isCut { widths = widths.map { min($0, 48) } }
        for row in all {
            let cells = zip(row, widths).enumerated().map { index, cell in
                isCut || TextWidth.columns(cell.0) <= cell.1
                    ? TextWidth.fitted(cell.0, to: cell.1, padding: index < row.count - 1) : cell.0
            }
            line(cells.joined(separator: "  "))
        }
    }

    /// One thing as a list of names and whole values; what has no value is left out.
    static func record(_ members: [(name: String, value: String)]) {
        let shown = members.filter { !$0.value.isEmpty }.map { (printable($0.name), printable($0.value)) }
        let width = shown.map { TextWidth.columns($0.0) }.max() ?? 0
        for (name, value) in shown { line(TextWidth.fitted(name, to: width, padding: true) + "  " + value) }
    }

    /// The widest columns give way first, down to a width at which something can still be told apart.
    static func fitted(_ widths: [Int], into columns: Int) -> [Int] {
        var widths = widths
        while widths.reduce(0, +) > columns, let widest = widths.max(), widest > 12,
            let index = widths.firstIndex(of: widest)
        {
            widths[index] -= 1
        }
        return widths
    }
}

/// How many columns of a terminal a text takes.
enum TextWidth {
    static func columns(_ text: String) -> Int {
        text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.reduce(0) { $0 + columns($1) }
    }

    /// Exactly the width when padding, otherwise at most; an ellipsis stands for what was cut.
    static func fitted(_ text: String, to width: Int, padding: Bool) -> String {
        var kept = text
        if columns(text) > width {
            kept = ""
            var used = 0
            for character in text {
                used += columns(character)
                if used > width - 1 { break }
                kept.append(character)
            }
            kept += "…"
        }
        return padding ? kept + String(repeating: " ", count: width - columns(kept)) : kept
    }

    /// Terminals count letter by letter, also those that join into one shape; only emoji are taken for one.
    private static func columns(_ character: Character) -> Int {
        let scalars = character.unicodeScalars
        if scalars.first?.properties.isEmojiPresentation == true || scalars.contains("\u{FE0F}") { return 2 }
        return scalars.reduce(0) { $0 + columns($1) }
    }

    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: 0
        default: isWide(scalar) ? 2 : 1
        }
    }

    /// East Asian wide and full-width characters (Unicode Standard Annex 11), in whole blocks.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1B000...0x1B2FF, 0x1F200...0x1F2FF,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
