import EntraID
import HTTP
import Testing
import WireFixtures

struct GroupTests {
    private func run<Value>(
        _ replies: [Reply], _ body: (EntraClient, Exchange) async throws -> Value
    ) async throws -> Value {
        try await Exchange.run([.token()] + replies) { exchange in try await body(exchange.client(), exchange) }
    }

    private func failure(_ reply: Reply, _ link: UsersLink) async throws -> EntraError {
        try await run([reply]) { client, _ in
            try #require(await #expect(throws: EntraError.self) { try await client.usersPage(link) })
        }
    }

    private let members = UsersLink.membersStart(group: "g1", select: ["id", "displayName"])

    @Test(
        arguments: [
            (.all, "/v1.0/groups?$select=", false),
            (.search(#"A "B\"#), "/v1.0/groups?$search=%22displayName%3AA%20%5C%22B%5C%5C%22&$select=", true),
            (
                .named("O'Neil & Co"), "/v1.0/groups?$filter=displayName%20eq%20%27O%27%27Neil%20%26%20Co%27&$select=",
                false
            ),
        ] as [(GroupQuery, String, Bool)])
    func `groups are asked for as graph wants it`(query: GroupQuery, path: String, isAdvanced: Bool) async throws {
        let body = #"{"value":[{"id":"1","displayName":"One","description":null},{"id":"2","displayName":null}]}"#
        try await run([.answer(200, body)]) { client, exchange in
            let list = try await client.groups(query)
            #expect(list.groups.map(\.displayName) == ["One", "2"] && list.isComplete)
            let request = exchange.server.requests[1]
            #expect(request.hasPrefix("GET " + path + "id,displayName,description&$top=999 HTTP/1.1\r\n"))
            #expect(request.contains("\r\nConsistencyLevel: eventual\r\n") == isAdvanced)
        }
    }

    @Test func `a search sends its header with every page`() async throws {
        try await run([]) { (client, exchange) async throws in
            exchange.server.reply([
                .token(),
                .answer(
                    200,
                    #"{"value":[{"id":"1"}],"@odata.nextLink":"\#(exchange.server.root)/v1.0/groups?$skiptoken=x"}"#),
                .answer(200, #"{"value":[{"id":"2"}]}"#),
            ])
            #expect(try await client.groups(.search("x")).groups.count == 2)
            #expect(exchange.server.requests[2].hasPrefix("GET /v1.0/groups?$skiptoken=x HTTP/1.1\r\n"))
            #expect(exchange.server.requests[2].contains("\r\nConsistencyLevel: eventual\r\n"))
        }
    }

    @Test func `a list ends at its limit and says so`() async throws {
        try await run([.answer(200, #"{"value":[{"id":"1"},{"id":"2"}]}"#)]) { client, _ in
            let list = try await client.groups(limit: 1)
            #expect(list.groups.count == 1 && !list.isComplete)
        }
    }

    @Test func `a list of groups that leads in a circle or away is not followed`() async throws {
        try await run([]) { client, exchange in
            let again = exchange.server.root + "/v1.0/groups?$skiptoken=x"
            exchange.server.reply([.token(), .answer(200, #"{"value":[],"@odata.nextLink":"\#(again)"}"#)])
            let error = await #expect(throws: EntraError.self) { try await client.groups() }
            #expect(error?.message == "graph repeated a link to the next page" && exchange.server.requests.count == 3)
            exchange.server.reply([.answer(200, #"{"value":[],"@odata.nextLink":"https://evil.example/"}"#)])
            let other = await #expect(throws: EntraError.self) { try await client.groups() }
            #expect(other?.message.hasPrefix("a link leads to https://evil.example") == true)
        }
    }

    @Test func `a group is found by its id, or not`() async throws {
        try await run([.answer(200, #"{"id":"g1","displayName":"One"}"#)]) { (client, exchange) async throws in
            #expect(try await client.group(id: "g 1")?.displayName == "One")
            #expect(exchange.server.requests[1].hasPrefix("GET /v1.0/groups/g%201?$select="))
        }
        try await run([.graphError(404, "Request_ResourceNotFound")]) { (client, _) async throws in
            #expect(try await client.group(id: "g1") == nil)
        }
    }

    @Test func `members are read with the advanced query's header on every page`() async throws {
        try await run([]) { client, exchange in
            let next = exchange.server.root + "/v1.0/groups/g1/transitiveMembers/microsoft.graph.user?$skiptoken=x"
            exchange.server.reply([
                .token(),
                .answer(
                    200, #"{"@odata.count":2,"value":[{"id":"1","displayName":"A"}],"@odata.nextLink":"\#(next)"}"#),
                .answer(200, ##"{"value":[{"@odata.type":"#microsoft.graph.user","id":"2","displayName":"B"}]}"##),
            ])
            let first = try await client.usersPage(members)
            #expect(first.count == 2 && first.end == .next(next) && first.objects.count == 1)
            let last = try await client.usersPage(.next(next))
            #expect(last.end == .last && last.count == nil)
            let requests = exchange.server.requests
            #expect(
                requests[1].hasPrefix(
                    "GET /v1.0/groups/g1/transitiveMembers/microsoft.graph.user?$count=true&$select=id,displayName&$top=999 "
                ))
            #expect(requests[1].contains("\r\nConsistencyLevel: eventual\r\n"))
            #expect(requests[2].contains("\r\nConsistencyLevel: eventual\r\n"))
        }
    }

    @Test(arguments: [
        ##"{"@odata.type":"#microsoft.graph.user","id":"2","displayName":null,"businessPhones":null}"##, #"{"id":"2"}"#,
    ])
    func `members that are only ids are a missing permission, not empty users`(member: String) async throws {
        let error = try await failure(.answer(200, #"{"value":[{"id":"1","displayName":"A"},\#(member)]}"#), members)
        #expect(error.kind == .permissionMissing)
        #expect(error.message.hasSuffix("the application permission User.Read.All is missing"))
    }

    @Test func `a group without members has none`() async throws {
        try await run([.answer(200, #"{"@odata.count":0,"value":[]}"#)]) { client, _ in
            let page = try await client.usersPage(members)
            #expect(page.objects.isEmpty && page.end == .last)
        }
    }

    @Test func `a group that was deleted is said to be gone`() async throws {
        let error = try await failure(.graphError(404, "Request_ResourceNotFound"), members)
        #expect(error.message == "the group no longer exists in the tenant (Request_ResourceNotFound)")
        #expect(error.status == 404 && error.kind == .unexpected)
    }

    @Test func `members that may not be read name the permission`() async throws {
        let error = try await failure(.graphError(403, "Authorization_RequestDenied"), members)
        #expect(error.kind == .permissionMissing && error.message.contains("GroupMember.Read.All"))
    }
}
