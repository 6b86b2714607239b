import ContactSync
@testable import SyncEngine
import Testing

/// Whatever a property holds, a bundle of it decides the same way.
@Suite struct OddBundleTests {
    static let values: [JSONValue] = [
        .null, .string(""), .string(" \t"), .bool(true), .bool(false), .number("5"), .number("5.00"), .number("-1.5e3"),
        .number("0"), .string("007"), .string("12.30"), .string("12.305"), .string("true"), .string("Berlin"),
        .string("berlin"), .string("Ann Example"), .string("ann@contoso.example"), .string("ann@@contoso.example"),
        .string("ännchen@contoso.example"), .string(String(repeating: "ab ", count: 90)),
        .string(String(repeating: "a", count: 70) + "@contoso.example"), .string("Соломія Ґудзь"), .string("👩‍💻 李"),
        .array([]), .array([.string("one"), .string("two")]), .array([.null]),
        .object([("inner", .string("a secret of Ann's"))]),
        .object([("deep", .array((0..<30).map { .string("number \($0)") }))]),
    ]

    @Test(arguments: values)
    func `of every property`(value: JSONValue) throws {
        for property in ["userPrincipalName", "displayName", "mobilePhone", "city", "state", "country"] {
            let whole = try OddBundleTests.bundle(property, value)
            #expect(try whole.verdict().isSame)
            let bytes = try whole.redacted().data()
            #expect(try RecordBundle(bytes).verdict().isSame, "\(property)")
            for secret in ["Ann", "contoso", "secret", "Ґудзь", "12.305", "whoever"] {
                #expect(!String(decoding: bytes, as: UTF8.self).contains(secret), "\(property)")
            }
        }
    }

    /// One whose recorded decision is that of the rules.
    private static func bundle(_ property: String, _ value: JSONValue) throws -> RecordBundle {
        var user: [String: JSONValue] = [
            "id": .string("whoever"), "userPrincipalName": .string("Ann@contoso.example"),
            "displayName": .string("Ann"),
            "mobilePhone": .string("+49 30 1000"), "city": .string("Ann's"), "state": .number("12.305"),
            "country": .string("Berlin"),
        ]
        user[property] = value
        let mapping = Mapping(
            email: "userPrincipalName", name: "displayName", phones: [.mobile: "mobilePhone"],
            customFields: ["t": "city", "n": "state", "d": "country"])
        let fields = [
            FieldDefinition(name: "t", type: .text), FieldDefinition(name: "n", type: .number),
            FieldDefinition(name: "d", type: .dropdown, isRequired: true, choices: ["Berlin", "5"]),
        ]
        let json = JSONValue.object(user.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        let rules = Rules(settings: TenantSettings(mapping: mapping), fields: fields)
        let draft = rules.draft(try UserObject(CanonicalJSON(json).bytes))
        return RecordBundle(
            engine: 2, tenant: TenantID(rawValue: "tenant"), mapping: mapping, overwrites: true, fields: fields,
            user: json, standing: Standing(), recorded: event(rules.decide(draft, Standing()), draft), answer: nil)
    }

    private static func event(_ decision: Decision, _ draft: Draft) -> Event {
        switch decision {
        case .create(let email, let name, let phones, let fields):
            let contact = Contact(id: .unassigned, email: email, name: name, phones: phones, customFields: fields)
            return .contactWriteRequested(.create(contact))
        case .update(let contact, let changes, let adopts):
            return .contactUpdated(.init(contact: contact, adopts: adopts, changes: changes))
        case .fail(let existing, let reasons):
            return .contactFailed(.init(contact: existing, email: draft.shownEmail, reasons: reasons))
        }
    }
}
