import Foundation
import Simulators
import Testing

@Suite struct RefusalTests {
    @Test(arguments: [400, 404, 410])
    func `an expired token is refused with any of three statuses`(status: Int) async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            let link = try await client.collect("/v1.0/users/delta?$select=id").deltaLink
            simulator.setFaults([try Fault(parsing: "expiredDelta:status=\(status)")])
            let answer = try await client.get(link)
            #expect(answer.status == status && answer.json.errorCode == "syncStateNotFound")
        }
    }

    @Test func `a page token expires, each kind of request is counted for itself`() async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            simulator.setFaults([Fault(.expiredPage), Fault(.unavailable, scope: .groups, at: [2])])
            let link = try #require(try await client.get("/v1.0/users?$top=9").json["@odata.nextLink"]?.text)
            #expect(try await client.get(link).json.errorCode == "Directory_ExpiredPageToken")
            #expect(try await client.get("/v1.0/groups").status == 200)
            #expect(try await client.get("/v1.0/groups").status == 503)
            #expect(try await client.get("/v1.0/groups").status == 200)
        }
    }

    @Test func `the clock of the far end is off`() async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            simulator.setFaults([try Fault(parsing: "clockSkew:seconds=-7200")])
            let text = try #require(try await client.get("/v1.0/organization").headers["date"])
            let format = DateFormatter()
            format.locale = Locale(identifier: "en_US_POSIX")
            format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
            format.timeZone = TimeZone(identifier: "GMT")
            let date = try #require(format.date(from: text))
            #expect(abs(date.timeIntervalSinceNow + 7200) < 30)
        }
    }

    @Test func `a challenge is satisfied only by its claims`() async throws {
        try await EntraSimulator.with { simulator in
            func client(_ claims: String) async throws -> Client {
                let form = [
                    "grant_type": "client_credentials", "client_id": simulator.configuration.clientID,
                    "client_secret": simulator.configuration.clientSecret, "claims": claims,
                    "scope": "https://graph.microsoft.com/.default",
                ]
                let answer = try await Client(base: simulator.baseURL, token: nil).send(
                    "POST", "/contoso.example/oauth2/v2.0/token", body: Browser.encoded(form),
                    type: "application/x-www-form-urlencoded")
                return Client(base: simulator.baseURL, token: answer.json["access_token"]?.text)
            }
            let capable = #""xms_cc":{"values":["CP1"]}"#
            let first = try await client("{\"access_token\":{\(capable)}}")
            #expect(try await first.get("/v1.0/organization").status == 200)
            simulator.setFaults([Fault(.claimsChallenge, at: [1])])
            let header = try #require(try await first.get("/v1.0/organization").headers["www-authenticate"])
            let claims = try #require(header.firstMatch(of: #/error="insufficient_claims", claims="([^"]+)"/#)?.1)
            let wanted = String(decoding: try #require(Data(base64Encoded: String(claims))), as: UTF8.self)
            #expect(try await client("{\"access_token\":{\(capable)}}").get("/v1.0/organization").status == 401)
            let merged = wanted.replacingOccurrences(of: "{\"access_token\":{", with: "{\"access_token\":{\(capable),")
            #expect(try await client(merged).get("/v1.0/organization").status == 200)
            #expect(try await Client(simulator).get("/v1.0/organization").status == 200)
        }
    }

    @Test func `tenants know their own users and applications`() async throws {
        var configuration = EntraSimulator.Configuration()
        configuration.tenants = 3
        configuration.users = 4
        try await EntraSimulator.with(configuration) { simulator in
            let anonymous = Client(base: simulator.baseURL, token: nil)
            var seen: Set<String> = []
            for tenant in simulator.tenants {
                for (id, secret) in [
                    (tenant.clientID, tenant.clientSecret), (configuration.clientID, configuration.clientSecret),
                ] {
                    let token = try await anonymous.token(tenant.domain, id, secret).json["access_token"]?.text
                    let client = Client(base: simulator.baseURL, token: token)
                    let users = try await client.collect("/v1.0/users?$select=id").objects
                    seen.formUnion(users.compactMap { $0["id"]?.text })
                }
            }
            #expect(seen.count == 12)
            let (first, second) = (simulator.tenants[0], simulator.tenants[1])
            let strange = try await anonymous.token(first.id, second.clientID, second.clientSecret)
            #expect(strange.json["error_codes"] == [700_016])
        }
    }

    @Test func `every number of the table can be had`() async throws {
        try await EntraSimulator.with { simulator in
            let anonymous = Client(base: simulator.baseURL, token: nil)
            for (code, status) in [(50057, 400), (700_027, 401), (90033, 503), (90055, 429), (7_000_222, 401)] {
                simulator.setFaults([try Fault(parsing: "aadsts:code=\(code)")])
                let answer = try await anonymous.token("contoso.example", simulator.configuration.clientID, "x")
                #expect(answer.status == status && answer.json["error_codes"] == [.integer(code)])
            }
            simulator.setFaults([Fault(.noRoles)])
            #expect(try await Client(simulator).get("/v1.0/users").status == 403)
            simulator.setFaults([])
            simulator.setSecret(.expired)
            let expired = try await anonymous.token(
                "contoso.example", simulator.configuration.clientID, simulator.configuration.clientSecret)
            #expect(expired.json["error_codes"] == [7_000_222])
        }
    }
}
