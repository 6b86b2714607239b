import ContactSync
import Testing

struct CoercionTests {
    @Test(arguments: [
        (#""Sales""#, "Sales"), (#"" Sales ""#, " Sales "), (#""5""#, "5"), ("5", "5"), ("1.50", "1.50"),
        ("1e3", "1e3"),
        ("true", "true"), ("false", "false"),
    ])
    func `a text field takes every scalar as it is written`(value: String, expected: String) throws {
        let given = Given(user: ["x": value], mapped: ["f": "x"], fields: [.text("f")])
        #expect(try given.createdFields() == ["f": .text(expected)])
    }

    @Test(arguments: FieldType.allCases.filter(\.isMappable), [#"["a"]"#, #"{"a":1}"#])
    func `a collection or an object fits no field`(type: FieldType, value: String) throws {
        let field = FieldDefinition(name: "f", type: type, choices: [#"["a"]"#])
        let given = Given(user: ["x": value], mapped: ["f": "x"], fields: [field])
        #expect(
            try given.reasons() == [
                .mismatch(
                    property: "x", type: value.first == "[" ? "collection" : "object", value: value, field: "f",
                    fieldType: type.plainName)
            ])
    }

    @Test func `an empty collection is empty`() throws {
        let given = Given(user: ["x": "[]"], mapped: ["f": "x"], fields: [.number("f")])
        #expect(try given.createdFields() == [:])
    }

    @Test(arguments: [("5", "5"), (#""5""#, "5"), ("5.00", "5"), (#""-0.50""#, "-0.5"), ("-0", "0")])
    func `a number field takes numbers, and texts that are exactly one`(value: String, expected: String) throws {
        let given = Given(user: ["x": value], mapped: ["f": "x"], fields: [.number("f")])
        #expect(try given.createdFields() == ["f": .number(expected)])
    }

    @Test(arguments: [
        (#""many""#, "text", "many"), (#""5 ""#, "text", "5 "), (#""5,5""#, "text", "5,5"), ("true", "boolean", "true"),
        ("1e3", "number", "1e3"), ("0.123", "number", "0.123"),
    ])
    func `a number field takes nothing else`(value: String, type: String, shown: String) throws {
        let given = Given(user: ["x": value], mapped: ["f": "x"], fields: [.number("f")])
        #expect(
            try given.reasons() == [.mismatch(property: "x", type: type, value: shown, field: "f", fieldType: "number")]
        )
    }

    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("-0.00", "0"), ("7", "7"), ("10", "10"), ("-12.3", "-12.3"), ("1.50", "1.5"),
        ("1.00", "1"), ("0.05", "0.05"), ("999999999999999", "999999999999999"),
        ("999999999999999.99", "999999999999999.99"),
    ])
    func `a decimal has one canonical spelling`(text: String, canonical: String) {
        #expect(DecimalText.canonical(text) == canonical)
        #expect(DecimalText.canonical(canonical) == canonical)
    }

    @Test(arguments: [
        "", "-", "--1", "+5", "007", "00", "-01", ".5", "5.", ".", "1.234", "1.2.3", "1,5", "1 000", " 5", "5 ", "1e3",
        "0x10",
        "NaN", "Infinity", "٥", "５", "½", "5\u{301}", "1000000000000000",
    ])
    func `what is not exactly a decimal is none`(text: String) { #expect(DecimalText.canonical(text) == nil) }

    @Test(arguments: [(#""Red""#, "Red"), ("7", "7"), ("true", "true")])
    func `a dropdown takes its choices`(value: String, choice: String) throws {
        let given = Given(user: ["x": value], mapped: ["f": "x"], fields: [.dropdown("f", ["Red", "7", "true"])])
        #expect(try given.createdFields() == ["f": .text(choice)])
    }

    @Test(arguments: [(#""red""#, "red"), (#""Red ""#, "Red "), ("8", "8"), ("false", "false"), ("7.0", "7.0")])
    func `a dropdown takes nothing else`(value: String, shown: String) throws {
        let given = Given(user: ["x": value], mapped: ["f": "x"], fields: [.dropdown("f", ["Red", "7", "true"])])
        #expect(
            try given.reasons() == [
                .notAChoice(property: "x", value: shown, field: "f", choices: ["Red", "7", "true"])
            ])
    }

    @Test func `a long value is cut in a reason`() throws {
        let long = String(repeating: "x", count: 100)
        let given = Given(user: ["x": "\"\(long)\""], mapped: ["f": "x"], fields: [.number("f")])
        #expect(
            try given.reasons() == [
                .mismatch(
                    property: "x", type: "text", value: String(repeating: "x", count: 79) + "…", field: "f",
                    fieldType: "number")
            ])
    }

    @Test func `a mapped field that is no longer defined is left out`() throws {
        #expect(try Given(user: ["x": #""a""#], mapped: ["gone": "x"]).createdFields() == [:])
    }
}
