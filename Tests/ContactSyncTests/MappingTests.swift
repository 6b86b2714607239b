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
        ("department/x", .unknownProperty("department/x", suggestion: nil)),
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
                .notText(target: "phones.work", property: "businessPhones", type: "collection"),
                .unsupportedFieldType(field: "a", .multipleChoice),
                .unsupportedFieldType(field: "b", .date),
                .composite(field: "c", property: "otherMails", type: "collection"),
                .composite(field: "d", property: "employeeOrgData", type: "object"),
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
