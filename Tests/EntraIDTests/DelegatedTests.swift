import EntraID
import Synchronization
import Testing
import WireFixtures

struct DelegatedTests {
    final class Shelf: Sendable {
        let tokens = Mutex<[String]>([])
    }

    struct DiskFull: Error {}

    private let shelf = Shelf()

    private func credential(_ store: @escaping @Sendable (Secret) throws -> Void) -> Credential {
        .delegated(clientID: "app", refreshToken: Secret("r0"), store: store)
    }

    @Test func `a refresh token is stored anew before the access token is used`() async throws {
        let replies: [Reply] = [
            .token("t1", #","refresh_token":"r1""#), .graphError(401, "InvalidAuthenticationToken"),
            .token("t2", #","refresh_token":"r2""#), .answer(200, #"{"value":[]}"#),
        ]
        try await Exchange.run(replies) { exchange in
            let client = try exchange.client(
                credential { [shelf, server = exchange.server] token in
                    shelf.tokens.withLock { $0.append("\(token.value) after \(server.requests.count)") }
                })
            _ = try await client.usersPage(.listStart(select: ["id"]))
            #expect(shelf.tokens.withLock { $0 } == ["r1 after 1", "r2 after 3"])
            #expect(exchange.form(0)["refresh_token"] == "r0" && exchange.form(2)["refresh_token"] == "r1")
            #expect(exchange.form(0)["grant_type"] == "refresh_token" && exchange.form(0)["client_id"] == "app")
            let graph = exchange.server.root
            #expect(
                exchange.form(0)["scope"]
                    == "openid profile offline_access \(graph)/User.Read.All \(graph)/GroupMember.Read.All \(graph)/Organization.Read.All"
            )
        }
    }

    @Test func `a token that cannot be stored ends the request, and the old one is used again`() async throws {
        try await Exchange.run([.token("t1", #","refresh_token":"r1""#)]) { exchange in
            let client = try exchange.client(credential { _ in throw DiskFull() })
            await #expect(throws: DiskFull.self) { try await client.usersPage(.listStart(select: ["id"])) }
            await #expect(throws: DiskFull.self) { try await client.usersPage(.listStart(select: ["id"])) }
            #expect(exchange.server.requests.count == 2 && exchange.form(1)["refresh_token"] == "r0")
        }
    }

    @Test func `an answer without a new refresh token keeps the old one`() async throws {
        try await Exchange.run([.token(), .answer(200, #"{"value":[]}"#)]) { exchange in
            let client = try exchange.client(credential { _ in Issue.record("nothing is to be stored") })
            _ = try await client.usersPage(.listStart(select: ["id"]))
        }
    }

    @Test(arguments: [70_008, 700_082, 70_043, 50_173, 50_076, 50_089])
    func `a refresh token that is taken back disables the tenant`(number: Int) async throws {
        let body = #"{"error":"invalid_grant","error_codes":[\#(number)]}"#
        try await Exchange.run([.answer(400, body)]) { exchange in
            let client = try exchange.client(credential { _ in })
            let error = try #require(
                await #expect(throws: EntraError.self) { try await client.usersPage(.listStart(select: ["id"])) })
            #expect(error.kind == .authorizationRefused && error.aadsts == number)
            #expect(error.hints.first?.contains("authorize the tenant again") == true)
        }
    }

    @Test func `a missing permission is named as a delegated one`() async throws {
        try await Exchange.run([.token(), .graphError(403, "Authorization_RequestDenied")]) { exchange in
            let client = try exchange.client(credential { _ in })
            let error = try #require(await #expect(throws: EntraError.self) { try await client.organization() })
            #expect(error.message.contains("the delegated permission Organization.Read.All is missing"))
        }
    }

    @Test func `a refresh token never shows`() {
        var dumped = ""
        dump((credential { _ in }, Secret("r0")), to: &dumped)
        #expect(!dumped.contains("r0") && !"\(Secret("r0"))".contains("r0"))
    }
}
