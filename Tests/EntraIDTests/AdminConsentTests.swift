import EntraID
import Foundation
import Testing

struct AdminConsentTests {
    private let redirectURI = "http://localhost:1/"

    private func state(_ consent: AdminConsent) throws -> String {
        let items = try #require(URLComponents(string: consent.url)?.queryItems)
        return try #require(items.first { $0.name == "state" }?.value)
    }

    private func refusal(_ query: String) throws -> EntraError {
        let consent = AdminConsent(endpoints: .cloud(.global), clientID: "app", redirectURI: redirectURI)
        let query = query.replacingOccurrences(of: "STATE", with: try state(consent))
        return try #require(#expect(throws: EntraError.self) { try consent.confirm(query: query) })
    }

    @Test(
        arguments: [
            (nil, .global, "https://login.microsoftonline.com/organizations", "https%3A%2F%2Fgraph.microsoft.com"),
            (
                "contoso.example", .usgov, "https://login.microsoftonline.us/contoso.example",
                "https%3A%2F%2Fgraph.microsoft.us"
            ),
        ] as [(String?, Cloud, String, String)])
    func `the address names the cloud's graph`(tenant: String?, cloud: Cloud, authority: String, graph: String) throws {
        let consent = AdminConsent(
            endpoints: .cloud(cloud), tenant: tenant ?? SignIn.anyTenant, clientID: "app", redirectURI: redirectURI)
        let state = try state(consent)
        #expect(
            consent.url == authority + "/v2.0/adminconsent?client_id=app&redirect_uri=http%3A%2F%2Flocalhost%3A1%2F"
                + "&state=\(state)&scope=\(graph)%2F.default")
    }

    @Test func `a consent is believed with its state only, whatever tenant it names`() throws {
        let consent = AdminConsent(endpoints: .cloud(.global), clientID: "app", redirectURI: redirectURI)
        let state = try state(consent)
        try consent.confirm(query: "admin_consent=True&tenant=anything&state=\(state)&scope=x")
        try consent.confirm(query: "admin_consent=true&state=\(state)")
    }

    @Test(arguments: ["consent_required", "permission_denied"])
    func `an error counts before the consent beside it`(name: String) throws {
        let error = try refusal(
            "error=\(name)&error_description=AADSTS65004%3A+declined&admin_consent=True&state=STATE")
        #expect(error.kind == .authorizationRefused && error.aadsts == 65_004)
        #expect(try refusal("error=\(name)&admin_consent=True&state=STATE").kind == .authorizationRefused)
    }

    @Test func `a consent of another request is refused`() throws {
        #expect(try refusal("admin_consent=True&state=x").message == "the browser came back from another sign-in")
    }

    @Test func `a redirect that says nothing is no consent`() throws {
        #expect(try refusal("admin_consent=False&state=STATE").kind == .permissionMissing)
        #expect(try refusal("state=STATE").kind == .permissionMissing)
    }
}
