import EntraID
import FoundationEssentials
import Testing

struct EndpointsTests {
    @Test func `slashes behind a root do not count`() throws {
        let endpoints = try Endpoints(
            authority: "https://login.microsoftonline.us//", graph: "https://graph.microsoft.us/")
        #expect(endpoints == .cloud(.usgov))
    }

    @Test(arguments: [
        "http://graph.microsoft.com", "graph.microsoft.com", "https://graph.microsoft.com/v1.0/",
        "https://graph.microsoft.com?x", "https://graph.microsoft.com#x", "https://me:pw@graph.microsoft.com", "",
    ])
    func `an address that cannot be a root is refused`(graph: String) {
        let error = #expect(throws: EntraError.self) { try Endpoints(authority: "https://a.example", graph: graph) }
        #expect(error?.message.contains("pw") == false)
    }

    @Test(arguments: Cloud.allCases)
    func `every cloud keeps its endpoints when stored`(cloud: Cloud) throws {
        let stored = try JSONEncoder().encode(Endpoints.cloud(cloud))
        #expect(try JSONDecoder().decode(Endpoints.self, from: stored) == .cloud(cloud))
    }

    @Test func `a secret never shows`() {
        let credential = Credential.clientSecret(clientID: "app", secret: "hidden")
        var dumped = ""
        dump(credential, to: &dumped)
        let shown = "\(credential) \(String(reflecting: credential)) \(dumped) \([credential])"
        #expect(!shown.contains("hidden") && shown.contains("app"))
    }
}
