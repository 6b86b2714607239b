import ContactSync
import Testing

/// Expectations made with PyPI's `rfc8785`.
struct CanonicalJSONTests {
    private func canonical(_ json: String) throws -> String { text(CanonicalJSON(try parsed(json)).bytes) }

    @Test func `keys sort by their UTF-16 code units`() throws {
        let json = #"{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}"#
        #expect(
            try canonical(json)
                == "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}")
    }

    @Test func `keys that look alike stay apart`() throws {
        let json = #"{"b":1,"\u00e1":3,"":0,"a\u0301":2,"ab":4,"a":5}"#
        let expected = "{\"\":0,\"a\":5,\"ab\":4,\"a\u{301}\":2,\"b\":1,\"\u{e1}\":3}"
        #expect(try canonical(json).utf8.elementsEqual(expected.utf8))
    }

    @Test func `only what has to be is escaped`() {
        let controls = String(String.UnicodeScalarView((0..<0x20).compactMap { Unicode.Scalar($0 as Int) }))
        var json = CanonicalJSON()
        json.string(controls + "\"\\/\u{7F}\u{2028}€")
        let expected =
            #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"#
            + #"\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\"\\/"#
            + "\u{7F}\u{2028}€\""
        #expect(text(json.bytes) == expected)
    }

    @Test func `white space goes and the order of arrays stays`() throws {
        #expect(
            try canonical(#" { "b" : [ true , false , null , -1 , 0 , 9007199254740991 ] , "a" : { } , "" : [ ] } "#)
                == #"{"":[],"a":{},"b":[true,false,null,-1,0,9007199254740991]}"#)
    }

    @Test(arguments: [#"[[],{},[[1],[2]],{"a":[{}]}]"#, #"{"a":{"b":{"c":"x"}},"d":[null]}"#, "5", #""x""#])
    func `canonical JSON is left as it is`(json: String) throws { #expect(try canonical(json) == json) }

    @Test func `written by hand and from a value it is the same`() throws {
        var json = CanonicalJSON()
        json.beginObject()
        json.key("a")
        json.beginArray()
        json.integer(.min)
        json.bool(false)
        json.null()
        json.endArray()
        json.key("b")
        json.string("x")
        json.endObject()
        #expect(text(json.bytes) == #"{"a":[-9223372036854775808,false,null],"b":"x"}"#)
        #expect(try CanonicalJSON(JSONValue(parsing: json.bytes)).bytes == json.bytes)
    }
}
