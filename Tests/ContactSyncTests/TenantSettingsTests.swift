import ContactSync
import Testing

struct TenantSettingsTests {
    static let tenant = TenantID(rawValue: "contoso")

    private func settings() throws -> TenantSettings { TenantSettings(mapping: try #require(Mapping.initial)) }

    private func events(from old: TenantSettings, to new: TenantSettings) throws -> [String] {
        try old.changes(to: new, tenant: TenantSettingsTests.tenant).map {
            "\($0.type.rawValue) \(text(try $0.data()))"
        }
    }

    @Test func `the same settings give no event`() throws {
        #expect(try events(from: settings(), to: settings()) == [])
    }

    @Test func `everything changed gives every event, the switch last`() throws {
        var new = try settings()
        new.mapping.name = try path("givenName")
        new.users = .groups(ids: ["g1"])
        new.overwriteCustomFields = false
        new.accountEmail = true
        new.contactSync = true
        let types = try settings().changes(to: new, tenant: TenantSettingsTests.tenant).map(\.type)
        #expect(
            types == [.mappingChanged, .selectionChanged, .overwriteChanged, .accountEmailChanged, .contactSyncEnabled])
    }

    @Test func `each setting gives its own event`() throws {
        var selection = try settings()
        selection.users = .groups(ids: ["g1"])
        #expect(
            try events(from: settings(), to: selection) == [
                #"selectionChanged {"tenant":"contoso","users":{"groups":{"ids":["g1"]}}}"#
            ])
        var overwrite = try settings()
        overwrite.overwriteCustomFields = false
        #expect(
            try events(from: settings(), to: overwrite) == [#"overwriteChanged {"isOn":false,"tenant":"contoso"}"#])
        var email = try settings()
        email.accountEmail = true
        #expect(try events(from: settings(), to: email) == [#"accountEmailChanged {"isOn":true,"tenant":"contoso"}"#])
    }

    @Test func `the switch goes both ways`() throws {
        var on = try settings()
        on.contactSync = true
        #expect(try events(from: settings(), to: on) == [#"contactSyncEnabled {"tenant":"contoso"}"#])
        #expect(try events(from: on, to: settings()) == [#"contactSyncDisabled {"tenant":"contoso"}"#])
        #expect(try events(from: on, to: on) == [])
    }

    @Test func `who is left out, and how often everybody is read, are events of their own`() throws {
        var include = try settings()
        include.include.guests = false
        #expect(
            try events(from: settings(), to: include) == [
                #"inclusionChanged {"include":{"disabled":true,"guests":false},"tenant":"contoso"}"#
            ])
        var days = try settings()
        days.fullReadDays = 3
        #expect(try events(from: settings(), to: days) == [#"fullReadDaysChanged {"days":3,"tenant":"contoso"}"#])
    }
}

struct ChosenGroupsTests {
    private static let support = ChosenGroup(id: "g1", name: "Support")
    private static let sales = ChosenGroup(id: "g2", name: nil)

    private func settings(_ groups: [ChosenGroup]) throws -> TenantSettings {
        var settings = TenantSettings(mapping: try #require(Mapping.initial))
        settings.select(groups)
        return settings
    }

    @Test func `a group that is named twice counts once`() throws {
        let settings = try settings([Self.support, Self.sales, ChosenGroup(id: "g1", name: nil)])
        #expect(settings.users == .groups(ids: ["g1", "g2"]))
        #expect(settings.chosenGroups == [Self.support, Self.sales])
    }

    @Test func `another order selects nobody else`() throws {
        var other = try settings([Self.support, Self.sales])
        other.select([Self.sales, Self.support])
        #expect(try other == settings([Self.support, Self.sales]))
    }

    @Test func `a new name is told, and other groups replace the old ones`() throws {
        let old = try settings([Self.support])
        var renamed = old
        renamed.select([ChosenGroup(id: "g1", name: "Help")])
        #expect(old.changes(to: renamed, tenant: TenantSettingsTests.tenant).map(\.type) == [.selectionChanged])
        renamed.select([Self.sales])
        #expect((renamed.users, renamed.groupNames) == (.groups(ids: ["g2"]), [:]))
    }

    @Test func `everybody is no group`() throws {
        var settings = try settings([Self.support])
        settings.selectAll()
        #expect(settings.chosenGroups == [])
        #expect(try settings == TenantSettings(mapping: #require(Mapping.initial)))
    }
}
