import ContactSync
import Testing

struct MappingTests {
    @Test(arguments: [
        ("department", "Edm.String"), ("accountEnabled", "Edm.Boolean"), ("businessPhones", "Collection(Edm.String)"),
        ("businessPhones[0]", "Edm.String"), ("createdDateTime", "Edm.DateTimeOffset"),
        ("assignedLicenses[0]", "graph.assignedLicense"), ("employeeOrgData/costCenter", "Edm.String"),
        ("onPremisesExtensionAttributes/extensionAttribute15", "Edm.String"),
        ("employeeOrgData", "graph.employeeOrgData"),
        ("extension_0123abcd_costs", "directory extension"),
    ])
    func `the catalog knows what a path leads to`(text: String, type: String) throws {
        #expect(try PropertyCatalog.entra.type(of: path(text)) == type)
    }

    @Test(arguments: [
        ("departmnt", MappingError.unknownProperty("departmnt", suggestion: "department")),
        ("Department", .unknownProperty("Department", suggestion: "department")),
        ("userPrincipleName", .unknownProperty("userPrincipleName", suggestion: "userPrincipalName")),
        ("nothingLikeThatAtAll", .unknownProperty("nothingLikeThatAtAll", suggestion: nil)),
        ("employeeOrgData/x", .unknownProperty("employeeOrgData/x", suggestion: "employeeOrgData/costCenter")),
        (
            "employeeOrgData/divison",
            .unknownProperty("employeeOrgData/divison", suggestion: "employeeOrgData/division")
        ),
        ("businessPhones/0", .unknownProperty("businessPhones/0", suggestion: "businessPhones[0]")),
        ("department/x", .unknownProperty("department/x", suggestion: nil)),
        ("on", .unknownProperty("on", suggestion: nil)), ("x", .unknownProperty("x", suggestion: nil)),
        ("ID", .unknownProperty("ID", suggestion: "id")), ("mial", .unknownProperty("mial", suggestion: "mail")),
        ("department[0]", .notACollection("department[0]")), ("aboutMe", .unreadableProperty("aboutMe")),
        ("skills[0]", .unreadableProperty("skills[0]")),
    ])
    func `the catalog refuses what cannot be read`(text: String, fault: MappingError) throws {
        let path = try path(text)
        #expect(throws: fault) { try PropertyCatalog.entra.type(of: path) }
    }

    @Test(arguments: [
        ("Edm.String", "text"), ("Edm.Boolean", "boolean"), ("Edm.Int32", "number"),
        ("Edm.DateTimeOffset", "date and time"),
        ("Collection(Edm.String)", "collection"), ("graph.employeeOrgData", "object"),
        ("directory extension", "directory extension"),
    ])
    func `a type has a plain name`(type: String, name: String) {
        #expect(PropertyCatalog.plainName(ofType: type) == name)
    }

    @Test(arguments: [("", "", 0), ("kitten", "sitting", 3), ("abc", "", 3), ("", "abc", 3), ("mail", "mial", 2)])
    func `words are as far apart as letters change`(left: String, right: String, distance: Int) {
        #expect(EditDistance.between(left, right) == distance)
    }

    @Test(arguments: [("accountEnabled", "boolean"), ("createdDateTime", "date and time")])
    func `what never is a number is not mapped to a number field`(property: String, type: String) throws {
        #expect(
            try faults(of: property, for: .number("n")) == [
                .unfit(property: property, type: type, field: "n", .number)
            ])
    }

    @Test(arguments: ["employeeId", "deviceEnrollmentLimit", "extension_0123abcd_costs"])
    func `what may be a number is mapped to a number field`(property: String) throws {
        #expect(try faults(of: property, for: .number("n")) == [])
    }

    @Test func `a boolean needs its values among a dropdown's choices`() throws {
        #expect(
            try faults(of: "accountEnabled", for: .dropdown("d", ["yes", "no"])) == [
                .unfit(property: "accountEnabled", type: "boolean", field: "d", .dropdown)
            ])
        #expect(try faults(of: "accountEnabled", for: .dropdown("d", ["true", "false"])) == [])
    }

    @Test func `times of sign-ins are mapped one by one, and cost full reads`() throws {
        let last = "signInActivity/lastSignInDateTime"
        #expect(try faults(of: last, for: .text("t")) == [])
        #expect(
            try faults(of: last, for: .number("n")) == [
                .unfit(property: last, type: "date and time", field: "n", .number)
            ])
        #expect(
            try faults(of: "signInActivity", for: .text("t")) == [
                .composite(target: "t", property: "signInActivity", type: "object", part: last)
            ])
        #expect(
            try faults(of: "signInActivity/lastSigninDatetime", for: .text("t")) == [
                .unknownProperty("signInActivity/lastSigninDatetime", suggestion: last)
            ])
        var mapping = try #require(Mapping.initial)
        #expect(mapping.refusedByDelta == [])
        mapping.customFields = ["t": try path(last), "u": try path("department")]
        #expect(mapping.refusedByDelta == ["signInActivity"])
    }

    @Test func `delta rounds refuse one property that a list gives`() {
        let refused = PropertyCatalog.entra.properties.filter { PropertyCatalog.isRefusedByDelta($0.name) }
        #expect(refused.map(\.name) == ["signInActivity"])
    }

    @Test func `an object without known members has no part to map`() throws {
        #expect(
            try faults(of: "assignedLicenses[0]", for: .text("t")) == [
                .composite(target: "t", property: "assignedLicenses[0]", type: "object", part: nil)
            ])
    }

    private func faults(of property: String, for field: FieldDefinition) throws -> [MappingError] {
        var mapping = try #require(Mapping.initial)
        mapping.customFields = [field.name: try path(property)]
        return MappingCheck.faults(of: mapping, fields: [field])
    }

    @Test func `a mapping that can work has no fault`() throws {
        var mapping = try #require(Mapping.initial)
        mapping.phones = [.work: try path("businessPhones[0]"), .mobile: try path("extension_0123abcd_mobile")]
        mapping.customFields = ["t": try path("accountEnabled"), "n": try path("employeeId"), "d": try path("city")]
        #expect(MappingCheck.faults(of: mapping, fields: [.text("t"), .number("n"), .dropdown("d", ["x"])]) == [])
    }

    @Test func `every fault of a mapping is found, in order`() throws {
        let mapping = Mapping(
            email: try path("accountEnabled"), name: try path("dispalyName"),
            phones: [.work: try path("businessPhones"), .mobile: try path("createdDateTime")],
            customFields: [
                "a": try path("city"), "b": try path("city"), "c": try path("otherMails"),
                "d": try path("employeeOrgData"),
                "e": try path("city"), "f": try path("mySite"),
            ])
        let fields: [FieldDefinition] = [
            FieldDefinition(name: "a", type: .multipleChoice), FieldDefinition(name: "b", type: .date), .text("c"),
            .text("d"), .text("f"),
        ]
        #expect(
            MappingCheck.faults(of: mapping, fields: fields) == [
                .notText(target: "fields.email", property: "accountEnabled", type: "boolean"),
                .unknownProperty("dispalyName", suggestion: "displayName"),
                .notText(target: "phones.mobile", property: "createdDateTime", type: "date and time"),
                .composite(
                    target: "phones.work", property: "businessPhones", type: "collection", part: "businessPhones[0]"),
                .unsupportedFieldType(field: "a", .multipleChoice),
                .unsupportedFieldType(field: "b", .date),
                .composite(target: "c", property: "otherMails", type: "collection", part: "otherMails[0]"),
                .composite(
                    target: "d", property: "employeeOrgData", type: "object", part: "employeeOrgData/costCenter"),
                .unknownField("e", known: ["a", "b", "c", "d", "f"]),
                .unreadableProperty("mySite"),
            ])
    }

    @Test func `a mapping selects each root once, and what is always needed`() throws {
        var mapping = try #require(Mapping.initial)
        mapping.phones = [.work: try path("businessPhones[0]"), .home: try path("businessPhones[1]")]
        mapping.customFields = ["c": try path("employeeOrgData/costCenter")]
        #expect(
            mapping.selectedProperties == [
                "accountEnabled", "businessPhones", "displayName", "employeeOrgData", "id", "userPrincipalName",
                "userType",
            ])
    }
}
