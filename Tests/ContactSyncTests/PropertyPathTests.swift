import ContactSync
import Testing

struct PropertyPathTests {
    @Test func `a plain name is its own root`() throws {
        let department = try path("department")
        #expect(department.root == "department" && department.index == nil && department.member == nil)
    }

    @Test func `an element has an index`() throws {
        let phone = try path("businessPhones[12]")
        #expect(phone.root == "businessPhones" && phone.index == 12 && phone.member == nil)
        #expect(phone.description == "businessPhones[12]")
    }

    @Test func `a member of a complex property is named behind a slash`() throws {
        let attribute = try path("onPremisesExtensionAttributes/extensionAttribute1")
        #expect(attribute.root == "onPremisesExtensionAttributes" && attribute.member == "extensionAttribute1")
    }

    @Test(arguments: [
        "", " ", "a b", "a-b", "a.b", "/", "a/", "/b", "a/b/c", "a[", "a]", "a[]", "a[x]", "a[-1]", "a[100]", "a[0]b",
        "[0]",
        "a[0][1]", "a[0]/b", "é", "$select", "a,b", "a\u{301}",
    ])
    func `bad spelling is no path`(text: String) { #expect(PropertyPath(text) == nil) }

    @Test func `a name has at most 256 letters`() {
        #expect(PropertyPath(String(repeating: "a", count: 256)) != nil)
        #expect(PropertyPath(String(repeating: "a", count: 257)) == nil)
    }

    static let object = #"""
        {"department":"Sales","blank":" \u00a0","none":null,"on":true,"seats":5.50,"phones":["1",null,""],"empty":[],
        "org":{"costCenter":"77","division":null},"esc":"a\"\u00e9"}
        """#

    @Test(arguments: [
        ("department", PropertyValue.text("Sales")), ("blank", .empty), ("none", .empty), ("absent", .empty),
        ("on", .boolean(true)), ("seats", .number("5.50")), ("esc", .text("a\"é")),
        ("phones", .composite(kind: "collection", json: #"["1",null,""]"#)), ("empty", .empty),
        ("phones[0]", .text("1")), ("phones[1]", .empty), ("phones[2]", .empty), ("phones[3]", .empty),
        ("empty[0]", .empty), ("none[0]", .empty), ("absent[0]", .empty), ("department[0]", .text("Sales")),
        ("org", .composite(kind: "object", json: #"{"costCenter":"77","division":null}"#)),
        ("org/costCenter", .text("77")), ("org/division", .empty), ("org/absent", .empty), ("none/x", .empty),
        ("absent/x", .empty), ("department/x", .empty),
    ])
    func `a path leads to what the user holds there`(text: String, value: PropertyValue) throws {
        #expect(try path(text).value(in: user(PropertyPathTests.object)) == value)
    }
}
