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
}
