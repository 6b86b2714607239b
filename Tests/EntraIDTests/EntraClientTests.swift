import EntraID
import HTTP
import Testing
import WireFixtures

/// Over real sockets, against answers that were written down; the simulator tests the rest.
struct EntraClientTests {
    private let token = Reply.answer(200, #"{"token_type":"Bearer","expires_in":3600,"access_token":"t1"}"#)
    private let otherToken = Reply.answer(200, #"{"token_type":"Bearer","expires_in":3600,"access_token":"t2"}"#)

    private func run<Value>(
        _ replies: [Reply], _ body: (EntraClient, RawServer) async throws -> Value
    ) async throws -> Value {
        try await RawServer.run([token] + replies) { server in
            var settings = WebSettings()
            settings.environment = [:]
            settings.sleep = { _ in }
            let web = try WebClient(settings)
            let client = EntraClient(
                endpoints: try Endpoints(authority: server.root, graph: server.root), tenant: "contoso.example",
                credential: .clientSecret(clientID: "app", secret: "s&cret"), web: web)
            let value = try await body(client, server)
            await web.shutdown()
            return value
        }
    }

    private func failure(_ replies: [Reply], _ link: UsersLink = .deltaStart(select: ["id"])) async throws -> EntraError
    {
        try await run(replies) { client, _ in
            try #require(await #expect(throws: EntraError.self) { try await client.usersPage(link) })
        }
    }

    @Test func `a delta round is read by following links as they are`() async throws {
        try await run([]) { client, server in
            let next = server.root + "/v1.0/users/delta?$skiptoken=a%2Bb+c~$"
            let delta = server.root + "/v1.0/users/delta()?$deltatoken=d"
            server.reply([
                token,
                .answer(200, #"{"value":[{"id":"1"}],"@odata.nextLink":"\#(next)"}"#, headers: ["request-id: r"]),
                .answer(200, #"{"value":[],"@odata.deltaLink":"\#(delta)"}"#),
            ])
            let first = try await client.usersPage(.deltaStart(select: ["id", "displayName"]))
            #expect(first.end == .next(next) && first.objects.count == 1 && first.requestID == "r")
            #expect(try await client.usersPage(.next(next)).end == .delta(delta))
            let requests = server.requests
            #expect(requests[0].hasPrefix("POST /contoso.example/oauth2/v2.0/token HTTP/1.1\r\n"))
            #expect(requests[0].contains("&client_secret=s%26cret&grant_type=client_credentials"))
            #expect(requests[1].hasPrefix("GET /v1.0/users/delta?$select=id,displayName HTTP/1.1\r\n"))
            #expect(requests[1].contains("\r\nPrefer: odata.maxpagesize=999\r\n"))
            #expect(requests[1].contains("\r\nAuthorization: Bearer t1\r\n"))
            #expect(requests[2].hasPrefix("GET /v1.0/users/delta?$skiptoken=a%2Bb+c~$ HTTP/1.1\r\n"))
            #expect(!requests[2].contains("Prefer"))
        }
    }

    @Test func `a listing ends with the page that has no link`() async throws {
        try await run([.answer(200, #"{"value":[{"id":"1"}]}"#)]) { client, server in
            let page = try await client.usersPage(.listStart(select: ["id"]))
            #expect(page.end == .last)
            #expect(server.requests[1].hasPrefix("GET /v1.0/users?$select=id&$top=999 HTTP/1.1\r\n"))
        }
    }

    @Test func `a delta round without a delta link is not complete`() async throws {
        #expect(try await failure([.answer(200, #"{"value":[]}"#)]).kind == .unexpected)
    }

    @Test(arguments: [
        "https://evil.example/v1.0/users/delta?x", "http://127.0.0.1:1/", "https://graph@evil.example/", "x",
    ])
    func `a link to another host is not followed`(link: String) async throws {
        let page = Reply.answer(200, #"{"value":[],"@odata.nextLink":"\#(link)"}"#)
        let error = try await failure([page])
        #expect(error.kind == .unexpected && error.message.hasPrefix("a link leads to"))
        try await run([]) { client, server in
            await #expect(throws: EntraError.self) { try await client.usersPage(.next(link)) }
            #expect(server.requests.isEmpty)
        }
    }

    @Test(arguments: [#"{"value":[{"id":"#, "<html></html>", "{\"value\":[{\"id\":\"\u{1}\"}]}"])
    func `a page that is not whole is asked for again`(body: String) async throws {
        let page = Reply.answer(200, #"{"value":[{"id":"1"}]}"#)
        try await run([.answer(200, body), page]) { client, _ in
            let page = try await client.usersPage(.listStart(select: ["id"]))
            #expect(page.objects.count == 1)
        }
    }

    @Test func `a page that is not utf-8 is never believed`() async throws {
        var bytes = Array("HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"value\":[{\"id\":\"".utf8)
        bytes += [0xFF] + Array("\"}".utf8)
        let error = try await failure([.raw(bytes + Array("]".utf8))], .listStart(select: ["id"]))
        #expect(error.kind == .unavailable && error.message.contains("not UTF-8"))
    }

    @Test func `a refused token is renewed once`() async throws {
        let refused = Reply.answer(401, #"{"error":{"code":"InvalidAuthenticationToken"}}"#)
        try await run([refused, otherToken, .answer(200, #"{"value":[]}"#)]) { client, server in
            let page = try await client.usersPage(.listStart(select: ["id"]))
            #expect(page.objects.isEmpty)
            #expect(server.requests[3].contains("\r\nAuthorization: Bearer t2\r\n"))
        }
        let error = try await failure([refused, otherToken, refused])
        #expect(error.kind == .authorizationRefused && error.graphCode == "InvalidAuthenticationToken")
    }

    @Test(
        arguments: [
            (403, "Authorization_RequestDenied", .permissionMissing), (400, "SyncStateNotFound", .syncStateLost),
            (404, "syncStateNotFound", .syncStateLost), (400, "resyncRequired", .syncStateLost),
            (410, "", .syncStateLost),
            (400, "Directory_ExpiredPageToken", .pageExpired), (400, "BadRequest", .unexpected),
            (501, "NotImplemented", .unexpected), (503, "serviceNotAvailable", .unavailable), (302, "", .unexpected),
        ] as [(Int, String, EntraError.Kind)])
    func `an answer of graph is sorted by status and code`(status: Int, code: String, kind: EntraError.Kind)
        async throws
    {
        let body = #"{"error":{"code":"\#(code)","message":"No.","innererror":{"request-id":"r"}}}"#
        let error = try await failure([.answer(status, body)])
        #expect(error.kind == kind && error.status == status)
        if kind != .unavailable { #expect(error.graphCode == code && error.requestID == "r") }
        #expect(!error.message.hasSuffix("."))
    }

    @Test func `the organization is read`() async throws {
        let body = """
            {"value":[{"id":"guid","displayName":"Contoso","verifiedDomains":[{"name":"a.example","isDefault":false},\
            {"name":"b.example","isDefault":true}]}]}
            """
        let organization = try await run([.answer(200, body)]) { client, _ in try await client.organization() }
        #expect(organization.id == "guid" && organization.displayName == "Contoso")
        #expect(organization.domains == ["a.example", "b.example"] && organization.defaultDomain == "b.example")
    }
}
