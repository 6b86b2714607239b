import ContactSync
import Testing

struct RecordFailureTests {
    @Test func `given nothing unusual, a contact is created`() throws {
        let decision = try Given(user: ["mobilePhone": #""+49 1""#], phones: [.mobile: "mobilePhone"]).decide()
        #expect(
            decision
                == .create(email: "ann@contoso.example", name: "Ann", phones: [.mobile: "+49 1"], customFields: [:]))
    }

    @Test(arguments: ["null", #""""#, #""  ""#, #""\t\u00a0""#])
    func `given no e-mail, the record fails`(value: String) throws {
        #expect(
            try Given(user: ["userPrincipalName": value]).reasons() == [.emailMissing(property: "userPrincipalName")])
    }

    @Test(arguments: [
        (#""ann""#, "ann"), (#"" ann@contoso.example""#, " ann@contoso.example"), ("5", "5"), ("true", "true"),
    ])
    func `given an e-mail that is no address, the record fails`(value: String, shown: String) throws {
        let given = Given(user: ["userPrincipalName": value])
        #expect(try given.reasons() == [.emailInvalid(property: "userPrincipalName", value: shown)])
        #expect(try given.rules.draft(given.object).shownEmail == shown)
    }

    @Test(arguments: ["null", #""""#, #"" \n""#])
    func `given no name, the record fails`(value: String) throws {
        #expect(try Given(user: ["displayName": value]).reasons() == [.nameMissing(property: "displayName")])
    }

    @Test func `given a name that is no text, the record fails`() throws {
        #expect(
            try Given(user: ["displayName": "5"]).reasons() == [
                .mismatch(property: "displayName", type: "number", value: "5", field: "Name", fieldType: "text")
            ])
    }

    @Test(arguments: PhoneType.allCases, ["null", #""""#, #"" ""#])
    func `given a mapped phone that is empty, the record fails`(type: PhoneType, value: String) throws {
        let given = Given(user: ["mobilePhone": value], phones: [type: "mobilePhone"])
        #expect(try given.reasons() == [.phoneEmpty(type, property: "mobilePhone")])
    }

    @Test func `given a mapped phone that was left out, the record fails`() throws {
        #expect(
            try Given(phones: [.work: "businessPhones[0]"]).reasons() == [
                .phoneEmpty(.work, property: "businessPhones[0]")
            ])
    }

    @Test func `given an empty list of phones, the record fails`() throws {
        #expect(
            try Given(user: ["businessPhones": "[]"], phones: [.work: "businessPhones[0]"]).reasons() == [
                .phoneEmpty(.work, property: "businessPhones[0]")
            ])
    }

    @Test func `given a phone that is no text, the record fails`() throws {
        #expect(
            try Given(user: ["businessPhones": #"["1"]"#], phones: [.work: "businessPhones"]).reasons() == [
                .mismatch(
                    property: "businessPhones", type: "collection", value: #"["1"]"#, field: "work phone",
                    fieldType: "phone")
            ])
    }

    @Test func `given an unmapped phone that is empty, nothing fails`() throws {
        #expect(
            try Given(user: ["mobilePhone": "null"]).decide()
                == .create(email: "ann@contoso.example", name: "Ann", phones: [:], customFields: [:]))
    }

    @Test func `given a contact, a failed record names it`() throws {
        let given = Given(user: ["displayName": "null"], standing: Standing(linked: .ann))
        #expect(try given.decide() == .fail(existing: Contact.ann.id, reasons: [.nameMissing(property: "displayName")]))
    }

    @Test func `given everything wrong, all reasons are collected in order`() throws {
        let given = Given(
            user: [
                "userPrincipalName": #""ann""#, "displayName": "null", "mobilePhone": "null", "city": #""many""#,
                "state": #""Mars""#, "country": "null",
            ],
            phones: [.work: "businessPhones[0]", .mobile: "mobilePhone"],
            mapped: ["a": "city", "b": "state", "c": "country"],
            fields: [.text("z", required: true), .text("c", required: true), .dropdown("b", ["Earth"]), .number("a")],
            standing: Standing(sameEmail: (.ann, .user(.bob))))
        #expect(
            try given.reasons() == [
                .emailInvalid(property: "userPrincipalName", value: "ann"),
                .nameMissing(property: "displayName"),
                .phoneEmpty(.mobile, property: "mobilePhone"),
                .phoneEmpty(.work, property: "businessPhones[0]"),
                .mismatch(property: "city", type: "text", value: "many", field: "a", fieldType: "number"),
                .notAChoice(property: "state", value: "Mars", field: "b", choices: ["Earth"]),
                .requiredEmpty(field: "c", property: "country"),
                .requiredEmpty(field: "z", property: nil),
                .sameEmail(as: .bob),
            ])
    }
}
