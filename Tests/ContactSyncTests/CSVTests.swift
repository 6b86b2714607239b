import ContactSync
import Testing

struct CSVTests {
    @Test(arguments: [
        (["Email", "Type"], "Email,Type\r\n"), ([""], "\r\n"), (["", ""], ",\r\n"), (["a,b", "c"], "\"a,b\",c\r\n"),
        (["say \"hi\""], "\"say \"\"hi\"\"\"\r\n"), (["a\nb", "a\r\nb"], "\"a\nb\",\"a\r\nb\"\r\n"),
        ([" a "], " a \r\n"),
        (["'"], "'\r\n"), (["ü€😀"], "ü€😀\r\n"),
    ])
    func `a line is quoted where it has to be`(cells: [String], line: String) { #expect(CSV.line(cells) == line) }

    @Test(arguments: ["=1+1", "+49 1", "-5", "@SUM(A1)", "\tx", "\rx", "=", "=HYPERLINK(\"x\",\"y\")"])
    func `a cell that a spreadsheet would take for a formula gets an apostrophe`(cell: String) {
        #expect(CSV.rows(CSV.line(["a", cell])) == [["a", "'" + cell]])
    }

    @Test(arguments: ["a=1", " =1", "1-2", "a@b.cd", "'=1"])
    func `other cells get none`(cell: String) { #expect(CSV.line([cell]) == cell + "\r\n") }

    @Test func `what was written is read again`() {
        let rows = [
            ["Email", "Type", "Sync Status", "Result"], ["a@b.cd", "New", "Success", ""], ["", "", "", ""], [""],
            ["\"", "\"\"", ",", "\n"], ["a\"b,c\r\nd", " ", "\u{1F600}", "x\r\n"], ["x,", "\"x\"", "x\r", "\n\n"],
        ]
        #expect(CSV.rows(rows.map(CSV.line).joined()) == rows)
    }

    @Test(arguments: [
        ("a,b", [["a", "b"]]), ("a,b\n", [["a", "b"]]), ("a\nb\r\nc", [["a"], ["b"], ["c"]]), ("a,", [["a", ""]]),
        ("", []),
        ("\"a\"\"b\",c", [["a\"b", "c"]]), ("\"a\nb\"", [["a\nb"]]),
    ])
    func `rows are read with or without a last line end`(text: String, rows: [[String]]) {
        #expect(CSV.rows(text) == rows)
    }
}
