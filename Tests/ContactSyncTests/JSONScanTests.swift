import ContactSync
import Testing

struct JSONScanTests {
    @Test(arguments: [
        "null", "true", "false", "0", "-0", "10", "1.5", "-1.25e+10", "1E3", "0e0", #""""#, #""a""#,
        #""\"\\\/\b\f\n\r\t\u00aF""#,
        "\"\u{7F}\u{2028}\u{1F600}\"", "[]", "{}", "[1,[2,[]]]", #"{"a":{"b":[1,"x",null]},"a":2}"#,
        " \t\r\n[ 1 , 2 ] \n",
        #"{ "a" : 1 }"#, nested(64), #"{"":0}"#,
    ])
    func `JSON is accepted`(json: String) throws { _ = try parsed(json) }

    @Test(arguments: [
        "", " ", "nul", "nulL", "True", "tru", "NaN", "Infinity", "undefined", "01", "-", "-01", "+1", ".5", "1.",
        "1.e3", "1e",
        "1e+", "0x10", "1 2", "truefalse", "null,", "{} x", "[1]]", #""a"#, #"""#, #""\"#, #""\x""#, #""\u12""#,
        #""\u12g4""#, #""\U0041""#,
        "\"a\nb\"", "\"\u{0}\"", "\"\u{1F}\"", "'a'", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1}", "{", "{\"a\"",
        #"{"a":"#,
        #"{"a":1"#, #"{"a":1,"#, #"{"a":1,}"#, #"{"a" 1}"#, #"{a:1}"#, "{1:1}", "{,}", #"{"a":1]"#, nested(65),
        "\u{FEFF}1",
        "\u{A0}1", "// x\n1",
    ])
    func `anything else is refused`(json: String) { #expect(throws: JSONError.self) { try parsed(json) } }

    @Test func `every document cut short is refused`() {
        let json = Array(#"{"a":[1,true,{"b":"\u00e9\n"}],"c":null}"#.utf8)
        for length in 0..<json.count {
            #expect(throws: JSONError.self) { try JSONValue(parsing: Array(json[..<length])) }
        }
    }

    @Test func `a million brackets are refused without a crash`() {
        #expect(throws: JSONError.self) { try parsed(String(repeating: "[", count: 1_000_000)) }
        #expect(throws: JSONError.self) { try parsed(String(repeating: #"{"a":"#, count: 1_000_000)) }
    }

    @Test func `an error says where`() {
        #expect(throws: JSONError(offset: 4, expected: "the end")) { try parsed("nullx") }
        #expect(throws: JSONError(offset: 2, expected: "an escape")) { try parsed(#""\x""#) }
    }

    @Test func `values come out as they were written`() throws {
        let json = try parsed(#"{"n":-1.50,"s":"x","b":true,"z":null,"a":[1],"o":{"k":"v"},"i":42}"#)
        #expect(
            json["n"] == .number("-1.50") && json["s"]?.string == "x" && json["b"]?.bool == true && json["z"] == .null)
        #expect(json["a"]?.array == [.number("1")] && json["o"]?["k"]?.string == "v" && json["i"]?.integer == 42)
        #expect(json["absent"] == nil && json["n"]?.integer == nil && json["s"]?["k"] == nil)
    }

    @Test func `a repeated key counts with its last value`() throws {
        #expect(try parsed(#"{"a":1,"a":2}"#)["a"]?.integer == 2)
    }

    @Test func `members compare without regard to their order`() throws {
        #expect(try parsed(#"{"a":1,"b":[1,2]}"#) == parsed(#"{"b":[1,2],"a":1}"#))
        #expect(try parsed(#"{"a":1}"#) != parsed(#"{"a":1,"b":2}"#))
        #expect(try parsed("[1,2]") != parsed("[2,1]"))
    }

    private static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
}
