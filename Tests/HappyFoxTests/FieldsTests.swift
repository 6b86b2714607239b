import ContactSync
import Testing

@testable import HappyFox

@Suite struct FieldsTests {
    private func definitions(_ rows: String) throws -> [FieldDefinition] {
        HappyFoxFields.definitions(try json(rows).array ?? [])
    }

    @Test(arguments: [
        ("text", FieldType.text), ("textarea", .text), ("Text", .text), ("number", .number), ("choice", .dropdown),
        ("dropdown", .dropdown), ("Drop Down", .dropdown), ("multiple_choice", .multipleChoice),
        ("multiple-choice", .multipleChoice), ("Multiple Options", .multipleChoice), ("multichoice", .multipleChoice),
        ("date", .date), ("colour-picker", .other("colour-picker")), ("datetime", .other("datetime")),
    ])
    func `a type is known by every spelling, and kept by its own name otherwise`(word: String, type: FieldType) throws {
        let field = try #require(definitions(#"[{"id":4,"name":"F","type":"\#(word)"}]"#).first)
        #expect(field.type == type)
        #expect(field.key == "c-cf-4")
    }

    @Test func `choices keep their numbers, whatever their order`() throws {
        let field = try #require(
            definitions(
                #"[{"id":5,"name":"Region","type":"choice","required":true,"depends_on_choice":null,"choices":[{"id":7,"text":"EMEA","dependant_fields":[]},{"id":3,"text":"APAC"},{"text":"odd"}]}]"#
            ).first)
        #expect(field.choices == ["EMEA", "APAC"] && field.choiceIDs == [7, 3] && field.isRequired)
        #expect(field.choiceID(of: "APAC") == 3 && field.choice(7) == "EMEA")
        #expect(field.choiceID(of: "apac") == nil && field.choice(1) == nil)
    }

    @Test func `a field that depends on a choice is not required of everybody`() throws {
        let rows = #"[{"id":5,"name":"Seat","type":"text","required":true,"depends_on_choice":12}]"#
        #expect(try definitions(rows).map(\.isRequired) == [false])
    }

    @Test func `of two fields with one name the first stands, and what is no field is left out`() throws {
        let rows =
            #"[{"id":1,"name":"A","type":"text"},{"id":2,"name":"A","type":"date"},{"name":"no number"},{"id":3},{"id":4,"name":"B"},7]"#
        let found = try definitions(rows)
        #expect(found.map(\.id) == [1, 4] && found.map(\.type) == [.text, .other("unknown")])
    }
}
