import Simulators
import Testing

@Suite struct IdentityTests {
    @Test func `every refusal has its status, error and number`() async throws {
        try await EntraSimulator.with { simulator in
            let anonymous = Client(base: simulator.baseURL, token: nil)
            let (tenant, id) = (simulator.configuration.tenantID, simulator.configuration.clientID)
            func check(_ answer: Client.Answer, _ status: Int, _ error: String, _ code: Int, page: Bool) {
                #expect(answer.status == status)
                #expect(answer.json["error"] == .string(error))
                #expect(answer.json["error_codes"] == [.integer(code)])
                #expect((answer.json["error_uri"] != nil) == page)
            }
            check(try await anonymous.token(tenant, id, "wrong"), 401, "invalid_client", 7_000_215, page: true)
            check(try await anonymous.token(tenant, "other", "x"), 400, "unauthorized_client", 700_038, page: false)
            check(
                try await anonymous.token(tenant, id, "x", grant: "magic"), 400, "unsupported_grant_type", 70003,
                page: false)
            check(try await anonymous.token("nowhere.example", id, "x"), 400, "invalid_request", 90002, page: true)
            check(try await anonymous.token("common", id, "x"), 400, "invalid_request", 9_001_023, page: true)
            let empty = try await anonymous.send("POST", "/\(tenant)/oauth2/v2.0/token", body: "")
            check(empty, 400, "invalid_request", 900_144, page: true)
        }
    }

    @Test func `a revoked secret gets no new token, a domain names the tenant as well as its id`() async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            let configuration = simulator.configuration
            let anonymous = Client(base: simulator.baseURL, token: nil)
            #expect(
                try await anonymous.token("CONTOSO.example", configuration.clientID, configuration.clientSecret).status
                    == 200)
            simulator.revokeSecret()
            #expect(
                try await anonymous.token("contoso.example", configuration.clientID, configuration.clientSecret).status
                    == 401)
            #expect(try await client.get("/v1.0/organization").status == 200)
        }
    }

    @Test func `a token ends with its lifetime`() async throws {
        var configuration = EntraSimulator.Configuration()
        configuration.tokenLifetime = .zero
        try await EntraSimulator.with(configuration) { simulator in
            let answer = try await Client(simulator).get("/v1.0/organization")
            #expect(answer.status == 401)
        }
    }

    @Test func `a person can change the tenant over the protocol`() async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            let made = try await client.send(
                "POST", "/v1.0/users",
                body: #"{"displayName":"A \"quoted\" 🦊","userPrincipalName":"fox@contoso.example"}"#)
            let id = try #require(made.json["id"]?.text)
            #expect(made.status == 201)
            #expect(try await client.send("PATCH", "/v1.0/users/\(id)", body: #"{"city":"Köln"}"#).status == 204)
            let read = try await client.get("/v1.0/users/fox@contoso.example?$select=city,displayName").json
            #expect(read["city"] == "Köln" && read["displayName"] == "A \"quoted\" 🦊")
            #expect(try await client.send("PATCH", "/v1.0/users/\(id)", body: #"{"city":1}"#).status == 400)
            #expect(try await client.send("DELETE", "/v1.0/users/\(id)").status == 204)
            #expect(try await client.send("POST", "/v1.0/directory/deletedItems/\(id)/restore").status == 200)
            #expect(simulator.requests.count == 7)
            #expect(simulator.requestCounts["PATCH /v1.0/users/{id}"] == [204: 1, 400: 1])
        }
    }
}
