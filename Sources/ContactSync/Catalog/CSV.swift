/// Comma-separated values as RFC 4180 has them: read for the catalog, written for the report.
package enum CSV {
    /// By Unicode scalars: a combining mark behind a quote must not hide the quote.
    package static func rows(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell = String.UnicodeScalarView()
        var quoted = false
        let scalars = Array(text.unicodeScalars)
        var at = 0
        while at < scalars.count {
            let scalar = scalars[at]
            let following = at + 1 < scalars.count ? scalars[at + 1] : nil
            at += 1
            switch scalar {
            case "\"" where quoted && following == "\"":
                cell.append(scalar)
                at += 1
            case "\"": quoted.toggle()
            case _ where quoted: cell.append(scalar)
            case "\r" where following == "\n": break
            case ",", "\n", "\r":
                row.append(String(cell))
                cell = .init()
                if scalar == "," { break }
                rows.append(row)
                row = []
            default: cell.append(scalar)
            }
        }
        if !cell.isEmpty || !row.isEmpty { rows.append(row + [String(cell)]) }
        return rows
    }

    /// One line, with the CRLF that ends it. A cell that a spreadsheet would take for a formula gets an apostrophe
    /// before it (OWASP, CSV injection).
    package static func line(_ cells: [String]) -> String {
        cells.map(cell).joined(separator: ",") + "\r\n"
    }

    private static func cell(_ text: String) -> String {
        var text = text
        if let first = text.utf8.first, "=+-@\t\r".utf8.contains(first) { text = "'" + text }
        guard text.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return text }
        var quoted = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted.append(scalar) }
            quoted.append(scalar)
        }
        return String(quoted) + "\""
    }
}
