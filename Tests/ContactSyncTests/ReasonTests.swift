import ContactSync
import Testing

struct ReasonTests {
    static let all: [(Reason, String)] = [
        (.emailMissing(property: "mail"), "Email is missing: mail is empty in Entra ID"),
        (.emailInvalid(property: "mail", value: "x"), "Email is not an address: mail is \"x\""),
        (.nameMissing(property: "displayName"), "Name is missing: displayName is empty in Entra ID"),
        (
            .phoneEmpty(.home, property: "mobilePhone"),
            "Phone number field is empty: home phone is mapped to mobilePhone, which is empty in Entra ID"
        ),
        (
            .mismatch(property: "city", type: "text", value: "many", field: "Seats", fieldType: "number"),
            "Datatype mismatch: city is text \"many\", but Seats is a number field"
        ),
        (
            .notAChoice(property: "city", value: "Rome", field: "Site", choices: ["Bonn", "Ulm"]),
            "Datatype mismatch: city is \"Rome\", but Site is a dropdown field with the choices Bonn, Ulm"
        ),
        (
            .requiredEmpty(field: "Site", property: "city"),
            "Required field is empty: Site is mapped to city, which is empty in Entra ID"
        ),
        (
            .requiredEmpty(field: "Site", property: nil),
            "Required field is empty: Site is not mapped and the contact has no value for it"
        ),
        (.sameEmail(as: .bob), "Same email as another user: bob of tenant contoso comes first"),
        (.emailTaken(by: ContactID(rawValue: 7)), "Same email as another contact: contact 7 already has it"),
        (.refused(by: "HappyFox", words: "name: This field is required."), "HappyFox: name: This field is required."),
    ]

    @Test(arguments: ReasonTests.all)
    func `a reason reads as a sentence and gives advice`(reason: Reason, sentence: String) {
        #expect(reason.text == sentence)
        #expect(!reason.advice.isEmpty)
    }

    @Test(arguments: ReasonTests.all.map(\.0))
    func `a reason comes back from its JSON`(reason: Reason) throws {
        #expect(try Reason(json: reason.json) == reason)
    }

    @Test(arguments: [
        "{}", #"{"code":"unheardOf"}"#, #"{"code":"emailMissing"}"#,
        #"{"code":"phoneEmpty","phone":"fax","property":"x"}"#,
        #"{"code":"emailTaken","contact":"7"}"#,
    ])
    func `a reason that does not hold what its code asks for is refused`(json: String) throws {
        let json = try parsed(json)
        #expect(throws: MalformedEvent.self) { try Reason(json: json) }
    }
}
