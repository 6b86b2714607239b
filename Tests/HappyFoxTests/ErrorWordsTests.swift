import ContactSync
import Testing

@testable import HappyFox

@Suite struct ErrorWordsTests {
    private func words(_ text: String) throws -> String? {
        ErrorWords(try json(text), names: FieldNames(Samples.fields).name)?.text
    }

    @Test(arguments: [
        (#"{"error":"Invalid API key"}"#, "Invalid API key"),
        (#"{"errors":"Rate limit exceeded."}"#, "Rate limit exceeded."),
        (#"{"error":["One.","Two."]}"#, "One.; Two."),
        (#"{"error":[{"field":"name","errors":["This field is required."]}]}"#, "name: This field is required."),
        (
            #"{"errors":[{"field":"c-cf-13","errors":["Enter a number.","Again."]}]}"#,
            "Employee number: Enter a number.; Employee number: Again."
        ),
        (#"{"error":[{"field":"c-cf-77","errors":"Unknown."}]}"#, "c-cf-77: Unknown."),
        (#"{"error":{"c-cf-4":"Too long."}}"#, "Department: Too long."),
        (
            #"{"error":{"display_id":["This field is required."],"contact_ids":"Enter a list of values."}}"#,
            "display_id: This field is required.; contact_ids: Enter a list of values."
        ),
        (#"{"error":{"custom_fields":{"1":"Provide a valid choice."}}}"#, "custom_fields: 1: Provide a valid choice."),
        (#"{"success":false,"error":null,"errors":[{"field":"email","errors":["Taken."]}]}"#, "email: Taken."),
        (#"{"error":[],"errors":"Second."}"#, "Second."),
        (#"{"error":true}"#, "refused without a reason"),
        (#"{"error":{"field":"name"}}"#, "field: name"),
    ])
    func `every documented shape gives its words`(shape: String, expected: String) throws {
        #expect(try words(shape) == expected)
    }

    @Test(arguments: [
        #"{"id":4,"email":"a@b.example"}"#, #"{"error":null}"#, #"{"error":[],"errors":{}}"#, #"{"error":""}"#,
        #"{"error":false,"id":4}"#, "[]", #""error""#, "{}",
    ])
    func `what tells of no error gives none`(shape: String) throws {
        #expect(try words(shape) == nil)
    }

    @Test func `a long text is cut`() throws {
        let long = String(repeating: "no ", count: 1000)
        #expect(try words(#"{"error":"\#(long)"}"#)?.count == ErrorWords.longest)
    }
}
