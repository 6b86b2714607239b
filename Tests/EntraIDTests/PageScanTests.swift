import ContactSync
import EntraID
import Testing

struct PageScanTests {
    private func scan(_ text: String) throws -> (PageScan, [String]) {
        let bytes = Array(text.utf8)
        let scan = try PageScan(bytes.span)
        return (scan, (scan.objects ?? []).map { String(decoding: bytes[$0], as: UTF8.self) })
    }

    @Test func `objects and links are found wherever they stand`() throws {
        let (page, objects) = try scan(
            #" { "@odata.nextLink" : "https:\/\/g\u002Ex\/a?$skiptoken=b%2Bc", "value":[ {"id":"1"} ,{"id":"2","x":{"value":[{}]}}], "n":[1,{"@odata.deltaLink":"no"}] } "#
        )
        #expect(objects == [#"{"id":"1"}"#, #"{"id":"2","x":{"value":[{}]}}"#])
        #expect(page.nextLink == "https://g.x/a?$skiptoken=b%2Bc")
        #expect(page.deltaLink == nil)
    }

    @Test func `an empty page has no objects but an array of them`() throws {
        #expect(try scan(#"{"value":[],"\u0040odata.deltaLink":"d","@odata.nextLink":null}"#).0.objects == [])
        #expect(try scan(#"{"\u0040odata.deltaLink":"d"}"#).0.deltaLink == "d")
        #expect(try scan("{}").0.objects == nil)
    }

    @Test(arguments: [
        "", "[]", "{", #"{"value":[{"id":"1"}"#, #"{"value":[{}]}x"#, #"{"value":{}}"#,
        #"{"value":[],}"#, #"{"@odata.nextLink":1}"#, #"{"a" 1}"#,
    ])
    func `what is not a whole page is refused`(text: String) {
        #expect(throws: JSONError.self) { try scan(text) }
    }

    @Test func `a page cut anywhere is refused`() throws {
        let page = Array(#"{"@odata.deltaLink":"d","value":[{"id":"1","n":[1,2]},{"id":"2"}]}"#.utf8)
        for length in 0..<page.count {
            #expect(throws: JSONError.self) { try PageScan(Array(page.prefix(length)).span) }
        }
    }
}
