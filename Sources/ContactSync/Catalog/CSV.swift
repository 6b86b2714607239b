/// Comma-separated values as RFC 4180 has them: read for the catalog, written for the report.
package enum CSV {
    package static func rows(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell = ""
        var quoted = false
        var characters = text.makeIterator()
        var pending: Character? = characters.next()
        while let character = pending {
            pending = characters.next()
            if quoted {
                if character != "\"" {
                    cell.append(character)
                } else if pending == "\"" {
                    cell.append(character)
                    pending = characters.next()
                } else {
                    quoted = false
                }
            } else if character == "\"" {
                quoted = true
            } else if character == "," || character.isNewline {
                row.append(cell)
                cell = ""
                if character != "," {
                    rows.append(row)
                    row = []
                }
            } else {
                cell.append(character)
            }
        }
        if !cell.isEmpty || !row.isEmpty { rows.append(row + [cell]) }
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
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
