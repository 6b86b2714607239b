import Foundation

extension Output {
    /// Columns aligned by what a terminal shows; the last one is not padded. Nothing is cut: where a terminal is too
    /// narrow, what does not fit into a cell goes on below it.
    static func table(_ header: [String], _ rows: [[String]]) {
        let all = [header] + rows.map { $0.map { printable($0) } }
        var widths = header.indices.map { column in all.map { TextWidth.columns($0[column]) }.max() ?? 0 }
        if let columns = Descriptor.columns(of: STDOUT_FILENO) {
            widths = fitted(widths, into: columns - 2 * (widths.count - 1))
        }
        for row in all { show(row, widths) }
    }

    private static func show(_ row: [String], _ widths: [Int]) {
        let cells = zip(row, widths).map { TextWidth.wrapped($0, to: $1) }
        for index in 0..<(cells.map(\.count).max() ?? 0) {
            let parts = zip(cells, widths).map { lines, width in
                TextWidth.fitted(index < lines.count ? lines[index] : "", to: width, padding: true)
            }
            let text = parts.joined(separator: "  ")
            line(String(text[..<(text.lastIndex { $0 != " " }.map(text.index(after:)) ?? text.startIndex)]))
        }
    }

    /// One thing as a list of names and whole values; what has no value is left out.
    static func record(_ members: [(name: String, value: String)]) {
        let shown = members.filter { !$0.value.isEmpty }.map { (printable($0.name), printable($0.value)) }
        let width = shown.map { TextWidth.columns($0.0) }.max() ?? 0
        for (name, value) in shown { line(TextWidth.fitted(name, to: width, padding: true) + "  " + value) }
    }

    /// The last column gives way first, because words go on below themselves more readably than names do; then the
    /// widest one, down to a width at which something can still be told apart.
    private static func fitted(_ widths: [Int], into columns: Int) -> [Int] {
        guard let last = widths.indices.last else { return widths }
        var widths = widths
        let left = columns - widths[..<last].reduce(0, +)
        widths[last] = min(widths[last], max(left, 32))
        while widths.reduce(0, +) > columns, let widest = widths.max(), widest > 8,
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

    /// Lines of at most the width, as far indented as the text is: broken at spaces, and within a word only where a line
    /// cannot hold it.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        guard columns(text) > width else { return [text] }
        let spaces = text.prefix { $0 == " " }
        let indent = spaces.count > width / 2 ? "" : String(spaces)
        var lines: [String] = []
        var rest = text.dropFirst(indent.count)
        while let end = lineEnd(rest, room: width - indent.count) {
            lines.append(indent + rest[..<end])
            rest = rest[end...].drop { $0 == " " }
        }
        return lines + [indent + rest]
    }

    /// Where a text that has no room must be broken, behind one letter at least; nil where it fits.
    private static func lineEnd(_ text: Substring, room: Int) -> Substring.Index? {
        var (used, space): (Int, Substring.Index?) = (0, nil)
        for index in text.indices {
            used += columns(text[index])
            guard index > text.startIndex else { continue }
            if text[index] == " " { space = index }
            if used > room { return space ?? index }
        }
        return nil
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
