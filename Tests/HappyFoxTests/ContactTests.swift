import ContactSync
import Testing

@testable import HappyFox

@Suite struct ContactTests {
    @Test func `a contact is taken with everything that was documented`() throws {
        let held = try #require(try Samples.contact())
        let contact = held.contact(Samples.fields)
        #expect(contact.id.rawValue == 4 && contact.email == "ann@a.example" && contact.name == "Ann")
        #expect(contact.phones == [.work: "1"], "the primary one of two, and no fax")
        #expect(held.phones.map(\.code) == ["w", "w", "fax"])
        #expect(contact.customFields["Department"] == .text("Sales"))
        #expect(contact.customFields["Employee number"] == .number("5.5"))
        #expect(contact.customFields["Region"] == .text("APAC"))
        #expect(contact.customFields["Colour"] == .text("#aabbcc"))
    }

    @Test(arguments: [
        #"{"id":4,"name":"Ann","email":null,"primary_phone":null,"phones":[]}"#,
        #"{"id":4,"name":"Ann","email":null,"phones":[],"custom_fields":null}"#,
    ])
    func `a contact can do without an address and phones`(row: String) throws {
        let contact = try #require(try Samples.contact(row)).contact(Samples.fields)
        #expect(contact.email.isEmpty && contact.phones.isEmpty && contact.customFields.isEmpty)
    }

    @Test(arguments: ["{}", #"{"id":4}"#, #"{"email":"a@b.example"}"#, "[]", #"{"error":"No."}"#, "null"])
    func `what is no contact is none`(row: String) throws {
        #expect(try Samples.contact(row) == nil)
    }

    @Test func `of several phones of a type the known one is meant, then the primary, then the eldest`() throws {
        let held = try #require(try Samples.contact())
        #expect(held.phone(.work, known: "0")?.id == 8)
        #expect(held.phone(.work, known: "gone")?.id == 9)
        let row = #"{"id":1,"email":null,"phones":[{"id":6,"type":"mo","number":"6"},{"id":5,"type":"mo","number":5}]}"#
        #expect(try Samples.contact(row)?.phone(.mobile, known: nil)?.id == 5)
        #expect(held.phone(.home, known: nil) == nil)
    }

    @Test(arguments: [
        (#""APAC""#, "3"), ("3", "3"), (#""APAC""#, "null"), ("3", "null"), (#""3""#, "null"), ("null", "3"),
        (#""APAC""#, #""3""#), (#"["APAC"]"#, "[3]"), (#"{"id":3,"text":"APAC"}"#, "null"),
    ])
    func `a choice is read in whatever way value and value_id hold it`(value: String, valueID: String) throws {
        let row =
            #"{"id":1,"email":null,"custom_fields":[{"id":5,"type":"choice","value":\#(value),"value_id":\#(valueID)}]}"#
        let held = try #require(try Samples.contact(row))
        #expect(held.contact(Samples.fields).customFields["Region"] == .text("APAC"))
        #expect(held.fields.first?.sent(Samples.fields[2]) == .number("3"))
    }

    @Test(arguments: [
        (#"["English","German"]"#, "[31,22]"), (#"["English","German"]"#, "null"), ("[31,22]", "null"),
        (#""English, German""#, "null"), ("null", "[31,22]"), (#""English,German""#, #""31,22""#),
    ])
    func `several choices are sent back as their numbers`(value: String, valueID: String) throws {
        let row = #"{"id":1,"email":null,"custom_fields":[{"id":21,"value":\#(value),"value_id":\#(valueID)}]}"#
        let field = try #require(try Samples.contact(row)?.fields.first)
        #expect(text(try #require(field.sent(Samples.fields[3]))) == "[31,22]")
    }

    @Test func `a choice whose label holds a comma is one choice`() throws {
        let row = #"{"id":1,"email":null,"custom_fields":[{"id":5,"value":"Asia, other","value_id":null}]}"#
        #expect(try Samples.contact(row)?.fields.first?.choiceIDs(Samples.fields[2]) == [12])
    }

    @Test(arguments: [("5.5", "5.5"), (#""5.50""#, "5.5"), (#""12""#, "12"), ("12", "12"), ("12.0", "12")])
    func `a number is one however it is written`(written: String, expected: String) throws {
        let row = #"{"id":1,"email":null,"custom_fields":[{"id":13,"value":\#(written)}]}"#
        let contact = try #require(try Samples.contact(row)).contact(Samples.fields)
        #expect(contact.customFields["Employee number"] == .number(expected))
    }

    @Test(arguments: ["null", #""""#, "[]"])
    func `an empty value is none`(value: String) throws {
        for field in Samples.fields {
            let id = try #require(field.id)
            let row = #"{"id":1,"email":null,"custom_fields":[{"id":\#(id),"value":\#(value),"value_id":\#(value)}]}"#
            #expect(try Samples.contact(row)?.contact(Samples.fields).customFields.isEmpty == true)
        }
    }
}
