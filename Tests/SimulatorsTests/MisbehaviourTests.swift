import Foundation
import Simulators
import Testing

@Suite struct MisbehaviourTests {
    @Test func `a refusing fault answers as Graph does, then goes away`() async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            let cases: [(String, Int, String?)] = [
                ("throttle:at=1,retry-after=2.128", 429, "2.128"), ("unavailable:at=1", 503, nil),
                ("gatewayTimeout:at=1", 504, nil), ("forbidden:at=1", 403, nil),
            ]
            for (text, status, retryAfter) in cases {
                simulator.setFaults([try Fault(parsing: text)])
                let answer = try await client.get("/v1.0/users")
                #expect(answer.status == status && answer.headers["retry-after"] == retryAfter)
                #expect(try await client.get("/v1.0/users").status == 200)
            }
        }
    }

    @Test(arguments: ["drop", "drop:after=head", "truncate"])
    func `a cut connection is an error to the client`(text: String) async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            simulator.setFaults([try Fault(parsing: text)])
            await #expect(throws: (any Error).self) { try await client.get("/v1.0/users") }
        }
    }

    @Test func `an unauthorized token stays unauthorized`() async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            simulator.setFaults([Fault(.unauthorized, at: [1])])
            for _ in 0..<2 {
                let answer = try await client.get("/v1.0/users")
                #expect(answer.status == 401 && answer.json.errorCode == "InvalidAuthenticationToken")
                #expect(answer.headers["www-authenticate"]?.hasPrefix("Bearer realm=\"\"") == true)
            }
            #expect(try await Client(simulator).get("/v1.0/users").status == 200)
        }
    }

    @Test(arguments: ["emptyPage:at=2", "repeatNextLink:at=2", "duplicate:at=2"])
    func `an odd page loses no user`(text: String) async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            for target in ["/v1.0/users", "/v1.0/users/delta"] {
                simulator.setFaults([try Fault(parsing: text)])
                let (users, _, _) = try await client.collect(target)
                #expect(Set(users.compactMap { $0["id"]?.text }).count == 250)
            }
        }
    }

    @Test func `a round can be told to start over`() async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            let link = try await client.collect("/v1.0/users/delta").deltaLink
            simulator.setFaults([Fault(.expiredDelta)])
            #expect(try await client.get(link).json.errorCode == "syncStateNotFound")
            #expect(try await client.get("/v1.0/users/delta").status == 200)
            simulator.setFaults([Fault(.gone)])
            let gone = try await client.get(link)
            #expect(gone.status == 410)
            #expect(try await client.get(try #require(gone.headers["location"])).json.values.count == 200)
        }
    }
}
