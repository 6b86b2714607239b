import ContactSync
import Testing

@testable import HappyFox

@Suite struct BulkResultsTests {
    private let emails = ["a@x.example", "b@x.example", "c@x.example"]
    private let silent = WriteAnswer.lost("happyfox did not say what became of the contact")

    private func answers(_ text: String) throws -> [WriteAnswer] {
        let results = try #require(json(text).array)
        return BulkResults(results, names: FieldNames(Samples.fields)).answers(for: emails)
    }

    private func done(_ id: Int64) -> WriteAnswer { .done(ContactID(rawValue: id)) }

    @Test(arguments: [
        #"[{"email":"a@x.example","success":true,"id":1},{"email":"b@x.example","success":true,"id":2},{"email":"c@x.example","success":true,"id":3}]"#,
        #"[{"email":"C@X.example","success":true,"id":3},{"email":"b@x.example","success":true,"id":2},{"email":"a@x.example","success":true,"id":1}]"#,
        #"[{"success":true,"id":1},{"success":true,"id":2},{"success":true,"id":3}]"#,
        #"[{"success":true,"data":{"email":"c@x.example","id":3}},{"success":true,"data":{"email":"a@x.example","id":1}},{"id":2,"email":"b@x.example"}]"#,
        #"[{"email":"z@x.example","success":true,"id":9},{"email":"a@x.example","success":true,"id":1},{"email":"b@x.example","success":true,"id":2},{"email":"c@x.example","success":true,"id":3}]"#,
        #"[{"email":"a@x.example","success":true,"id":1,"error":null},{"email":"b@x.example","success":true,"id":2,"errors":[]},{"email":"c@x.example","success":true,"id":3}]"#,
    ])
    func `an address tells whose result it is, and its place where there is none`(results: String) throws {
        #expect(try answers(results) == [done(1), done(2), done(3)])
    }

    @Test(arguments: ["error", "errors"])
    func `a refused one keeps nobody else`(key: String) throws {
        let refused = #"{"success":false,"\#(key)":[{"field":"c-cf-4","errors":["This field is required"]}]}"#
        let result = try answers(
            #"[{"email":"a@x.example","success":true,"id":1},\#(refused),{"email":"c@x.example","success":true,"id":3}]"#
        )
        #expect(result == [done(1), .refused("Department: This field is required"), done(3)])
    }

    @Test func `a refusal without a place of its own is nobody's`() throws {
        let result = try answers(
            #"[{"success":false,"error":"No."},{"email":"a@x.example","success":true,"id":1},{"email":"b@x.example","success":true,"id":2}]"#
        )
        #expect(result == [done(1), done(2), silent])
    }

    @Test func `a missing result is a lost one, and shifts nobody`() throws {
        #expect(try answers(#"[{"success":true,"id":1},{"success":true,"id":3}]"#) == [silent, silent, silent])
        #expect(
            try answers(#"[{"email":"a@x.example","success":true,"id":1},{"email":"c@x.example","id":3}]"#)
                == [done(1), silent, done(3)])
        #expect(try answers("[]") == [silent, silent, silent])
    }

    @Test func `a success without a number is a lost one`() throws {
        let result = try answers(
            #"[{"email":"a@x.example","success":true},{"email":"b@x.example","success":false},{"email":"c@x.example"}]"#
        )
        let unnumbered = WriteAnswer.lost("happyfox answered without the contact's number")
        #expect(result == [unnumbered, .refused("refused without a reason"), unnumbered])
    }
}
