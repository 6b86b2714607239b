import ContactSync
import Testing

struct JSONTextTests {
    @Test(arguments: [
        (#"plain"#, "plain"), (#""#, ""), (#"\"\\\/"#, "\"\\/"), (#"\b\f\n\r\t"#, "\u{8}\u{C}\n\r\t"),
        (#"\u0041\u00e9"#, "Aé"),
        (#"\u0000"#, "\u{0}"), (#"\u20AC"#, "€"), (#"\ud83d\ude00"#, "😀"), (#"a\uD83D\uDE00b"#, "a😀b"), ("é😀", "é😀"),
        (#"e\u0301"#, "e\u{301}"), (#"\\u0041"#, #"\u0041"#), (#"\udbff\udfff"#, "\u{10FFFF}"),
    ])
    func `escapes are resolved`(inside: String, expected: String) throws {
        let found = try #require(parsed("\"\(inside)\"").string)
        #expect(Array(found.unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test(arguments: [
        (#"\ud83d"#, "\u{FFFD}"), (#"\ude00"#, "\u{FFFD}"), (#"\ud83dx"#, "\u{FFFD}x"), (#"\ud83d\u0041"#, "\u{FFFD}A"),
        (#"\ud83d\n"#, "\u{FFFD}\n"), (#"\ud83d\ud83d\ude00"#, "\u{FFFD}😀"), (#"\ude00\ud83d"#, "\u{FFFD}\u{FFFD}"),
    ])
    func `a lone surrogate becomes a replacement character`(inside: String, expected: String) throws {
        #expect(try parsed("\"\(inside)\"").string == expected)
    }
}
