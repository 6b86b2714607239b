import Simulators
import Testing

@Suite struct ListTests {
    @Test(arguments: [nil, 1, 7, 100, 999, 5000])
    func `paging meets every user exactly once`(top: Int?) async throws {
        var configuration = EntraSimulator.Configuration()
        configuration.users = top == 1 ? 12 : 1203
        try await EntraSimulator.with(configuration) { simulator in
            let client = try await Client(simulator)
            let query = top.map { "?$top=\($0)&$select=id" } ?? ""
            let (users, pages, _) = try await client.collect("/v1.0/users\(query)")
            let count = simulator.configuration.users
            let size = min(top ?? 100, 999)
            #expect(pages == (count + size - 1) / size)
            #expect(users.compactMap { $0["id"]?.text } == (0..<count).map { simulator.id(ofUserAt: $0) })
        }
    }

    @Test func `what Graph refuses is refused`() async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            let refusals: [(String, Int, String)] = [
                ("/v1.0/users?$skip=10", 400, "Request_BadRequest"),
                ("/v1.0/users?$select=skills", 501, "NotImplemented"),
                ("/v1.0/users?$select=nonsense", 400, "BadRequest"),
                ("/v1.0/users?$skiptoken=nonsense", 400, "Directory_ExpiredPageToken"),
                ("/v1.0/users/$count", 400, "Request_BadRequest"),
                ("/v1.0/users/nobody@contoso.example", 404, "Request_ResourceNotFound"),
                ("/v1.0/users/delta?$select=signInActivity", 400, "BadRequest"),
                ("/v1.0/users/delta?$top=5", 400, "BadRequest"),
                ("/v1.0/users/delta?$deltatoken=nonsense", 400, "syncStateNotFound"),
            ]
            for (target, status, code) in refusals {
                let answer = try await client.get(target)
                #expect(answer.status == status, "\(target)")
                #expect(answer.json.errorCode == code, "\(target)")
            }
        }
    }

    @Test func `the count needs the consistency header`() async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            let eventual = ["ConsistencyLevel": "eventual"]
            #expect(try await client.get("/v1.0/users/$count", headers: eventual).json == 250)
            #expect(try await client.get("/v1.0/users?$count=true", headers: eventual).json["@odata.count"] == 250)
            #expect(try await client.get("/v1.0/users?$COUNT=true").json["@odata.count"] == nil)
        }
    }

    @Test func `a guest is found by its principal name`() async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            let (users, _, _) = try await client.collect("/v1.0/users?$select=id,userPrincipalName,userType")
            let guest = try #require(users.first { $0["userType"] == "Guest" })
            let name = try #require(guest["userPrincipalName"]?.text)
            #expect(name.contains("#EXT#"))
            let escaped = name.split(separator: "#").joined(separator: "%23")
            #expect(try await client.get("/v1.0/users/\(escaped)").json["id"] == guest["id"])
        }
    }
}
