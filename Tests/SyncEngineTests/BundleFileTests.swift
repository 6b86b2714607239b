@testable import SyncEngine
import ContactSync
import Testing

/// What a file says that is no bundle, or not ours.
@Suite struct BundleFileTests {
    @Test(arguments: [
        "", "{}", "[]", "not JSON", #"{"kind":"foxtrail-record"}"#, #"{"kind":"foxtrail-record","version":1}"#,
        #"{"kind":"other","version":1}"#, #"{"kind":"foxtrail-record","version":0}"#,
    ])
    func `garbage is refused`(text: String) {
        #expect(throws: BundleError.self) { try RecordBundle(Array(text.utf8)) }
    }

    @Test func `a newer one is told by its version`() {
        #expect(throws: BundleError.newer(version: 2)) {
            try RecordBundle(Array(#"{"kind":"foxtrail-record","version":2}"#.utf8))
        }
    }

    @Test func `a huge one is not even looked at`() {
        let spaces = [UInt8](repeating: 0x20, count: RecordBundle.maximumBytes + 1)
        #expect(throws: BundleError.notABundle("it is too large for one")) { try RecordBundle(spaces) }
    }

    @Test(arguments: BundleFileTests.standings)
    func `each standing is read as it was written`(standing: Standing) throws {
        #expect(try Standing(bundle: standing.json) == standing)
    }

    @Test(arguments: ["recorded", "user", "standing", "settings", "fields", "tenant", "engineVersion"])
    func `each part is needed`(part: String) throws {
        let whole = try JSONValue(parsing: BundleFileTests.bundle.data())
        let rest = (whole.members ?? []).filter { $0.key != part }
        #expect(throws: BundleError.self) { try RecordBundle(CanonicalJSON(.object(rest)).bytes) }
        #expect(try RecordBundle(CanonicalJSON(whole).bytes).data() == BundleFileTests.bundle.data())
    }

    @Test func `another decision than the recorded one is told`() throws {
        #expect(try !BundleFileTests.bundle.verdict().isSame)
        #expect(try !BundleFileTests.bundle.redacted().verdict().isSame)
    }

    private static let ann = Contact(
        id: ContactID(rawValue: 7), email: "ann@contoso.example", name: "Ann", phones: [.mobile: "+1 2"],
        customFields: ["Badge": .number("5"), "Unit": .text("Sales")])
    private static let bob = UserKey(tenant: TenantID(rawValue: "contoso"), objectID: "bob")

    private static let standings = [
        Standing(), Standing(linked: ann), Standing(sameEmail: (ann, .nobody)), Standing(sameEmail: (ann, .user(bob))),
        Standing(linked: ann, sameEmail: (ann, .leaving(bob)), claimant: bob),
        Standing(sameEmail: (ann, .removed(bob))), Standing(earlier: bob),
    ]

    /// One that says that a contact was made, and whose user has no phone.
    private static var bundle: RecordBundle {
        get throws {
            RecordBundle(
                engine: 2, tenant: bob.tenant,
                mapping: Mapping(email: "userPrincipalName", name: "displayName", phones: [.mobile: "mobilePhone"]),
                overwrites: true, fields: [],
                user: .object([
                    ("id", .string("bob")), ("userPrincipalName", .string("bob@contoso.example")),
                    ("displayName", .string("Bob")), ("mobilePhone", .null),
                ]), standing: Standing(), recorded: .contactCreated(.init(contact: ann)), answer: nil)
        }
    }
}
