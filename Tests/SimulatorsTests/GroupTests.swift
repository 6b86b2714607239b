import Simulators
import Testing

@Suite struct GroupTests {
    static let eventual = ["ConsistencyLevel": "eventual"]

    private func names(_ answer: Client.Answer) -> [String] {
        answer.json.values.compactMap { $0["displayName"]?.text }
    }

    @Test func `groups are searched, filtered and paged`() async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            let search = "/v1.0/groups?$search=%22displayName:sal%22"
            let refused = try await client.get(search)
            #expect(refused.status == 400 && refused.json.errorCode == "Request_UnsupportedQuery")
            #expect(
                names(try await client.get(search, headers: Self.eventual)) == ["Sales", "Sales EMEA", "Sales APAC"])
            let same = try await client.get("/v1.0/groups?$filter=displayName%20eq%20'Projects'&$select=id,displayName")
            #expect(same.json.values.count == 2 && Set(same.json.values.compactMap { $0["id"]?.text }).count == 2)
            let quoted = try await client.get("/v1.0/groups?$filter=startswith(displayName,'Gesch')")
            #expect(names(quoted) == ["Geschäftsführung & \"Friends\" of O'Neil"])
            let doubled = try await client.get(
                "/v1.0/groups?$filter=endswith(displayName,'O''Neil')&$count=true", headers: Self.eventual)
            #expect(doubled.json["@odata.count"] == 1)
            let all = try await client.collect("/v1.0/groups?$top=4&$select=id")
            #expect(all.pages == 4 && Set(all.objects.map { $0["id"]?.text }).count == 15)
            let unified = try await client.get("/v1.0/groups?$filter=groupTypes/any(c:c%20eq%20'Unified')")
            #expect(names(unified) == ["Support", "Board", "Projects"])
        }
    }

    @Test(arguments: ["microsoft.graph.user", "graph.user"])
    func `the cast needs the header and the count on every page`(cast: String) async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            let id = try #require(simulator.groups(named: "Sales").first)
            let path = "/v1.0/groups/\(id)/transitiveMembers/\(cast)"
            #expect(try await client.get(path, headers: Self.eventual).json.errorCode == "Request_UnsupportedQuery")
            #expect(try await client.get(path + "?$count=true").status == 400)
            var next: String? = path + "?$count=true&$top=40&$select=id,displayName"
            var users: [JSONValue] = []
            var counts: [JSONValue?] = []
            while let link = next {
                let page = try await client.get(link, headers: Self.eventual).json
                if users.count == 40 {
                    #expect(try await client.get(link).json.errorCode == "Directory_ExpiredPageToken")
                }
                users += page.values
                counts.append(page["@odata.count"])
                next = page["@odata.nextLink"]?.text
            }
            #expect(counts.first == .some(.integer(users.count)) && counts.dropFirst().allSatisfy { $0 == nil })
            #expect(Set(users.compactMap { $0["id"]?.text }) == simulator.users(inGroup: id))
            #expect(users.count == 100 && users.allSatisfy { $0["@odata.type"] == nil })
        }
    }

    @Test func `members of all kinds tell their type`() async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            let id = try #require(simulator.groups(named: "Alumni").first)
            let members = try await client.collect("/v1.0/groups/\(id)/transitiveMembers").objects
            let types = members.compactMap { $0["@odata.type"]?.text }
            #expect(
                types.count { $0 == "#microsoft.graph.user" } == 4
                    && types.count { $0 == "#microsoft.graph.device" } == 1)
            let former = try #require(members.first { $0["displayName"] == "Former Colleague 1" }?["id"]?.text)
            #expect(try await client.get("/v1.0/users/\(former)").status == 404)
            let circle = try #require(simulator.groups(named: "Circle A").first)
            let kinds = try await client.collect("/v1.0/groups/\(circle)/transitiveMembers?$select=id").objects
            #expect(kinds.count { $0["@odata.type"] == "#microsoft.graph.group" } == 2 && kinds.count == 12)
        }
    }

    @Test func `a group is made, filled, emptied and deleted`() async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            let user = simulator.id(ofUserAt: 3)
            let made = try await client.send("POST", "/v1.0/groups", body: #"{"displayName":"Foxes"}"#)
            let id = try #require(made.json["id"]?.text)
            let reference = "{\"@odata.id\":\"\(simulator.baseURL)/v1.0/directoryObjects/\(user)\"}"
            #expect(try await client.send("POST", "/v1.0/groups/\(id)/members/$ref", body: reference).status == 204)
            #expect(try await client.send("POST", "/v1.0/groups/\(id)/members/$ref", body: reference).status == 400)
            #expect(simulator.users(inGroup: id) == [user])
            try simulator.remove(user)
            #expect(try await client.collect("/v1.0/groups/\(id)/members").objects.isEmpty)
            simulator.setFaults([Fault(.staleMembers)])
            #expect(try await client.collect("/v1.0/groups/\(id)/members").objects.count == 1)
            try simulator.restore(user)
            #expect(try await client.send("DELETE", "/v1.0/groups/\(id)/members/\(user)/$ref").status == 204)
            #expect(simulator.users(inGroup: id).isEmpty)
            #expect(try await client.send("DELETE", "/v1.0/groups/\(id)").status == 204)
            for path in ["/v1.0/groups/\(id)", "/v1.0/groups/\(id)/transitiveMembers"] {
                #expect(try await client.get(path).json.errorCode == "Request_ResourceNotFound")
            }
        }
    }

    @Test func `each permission opens its own door`() async throws {
        try await EntraSimulator.with { simulator in
            let support = try #require(simulator.groups(named: "Support").first)
            let board = try #require(simulator.groups(named: "Board").first)
            let client = try await Client(simulator)
            #expect(
                try await client.get("/v1.0/groups/\(board)/members").json.errorCode == "Authorization_RequestDenied")
            try simulator.setConsent([.groupMemberReadAll])
            #expect(try await client.get("/v1.0/users").status == 403)
            #expect(try await client.get("/v1.0/organization").status == 403)
            let bare = try await client.get("/v1.0/groups/\(support)/members?$select=id,mail").json.values
            #expect(
                bare.first == [
                    "@odata.type": "#microsoft.graph.user", "id": .string(simulator.id(ofUserAt: 0)), "mail": nil,
                ])
            try simulator.setConsent([.userReadAll, .memberReadHidden])
            #expect(try await client.get("/v1.0/groups").status == 403)
            #expect(try await Client(simulator).get("/v1.0/users").status == 200)
            try simulator.setConsent([])
            #expect(try await Client(simulator).get("/v1.0/users").status == 403)
        }
    }

    @Test func `a dynamic group follows its rule`() async throws {
        try await EntraSimulator.with { simulator in
            let id = try #require(simulator.groups(named: "Engineering").first)
            let before = simulator.users(inGroup: id)
            let other = try #require((0..<250).map { simulator.id(ofUserAt: $0) }.first { !before.contains($0) })
            try simulator.patch(id: other, ["department": "Engineering"])
            #expect(!before.isEmpty && simulator.users(inGroup: id) == before.union([other]))
        }
    }
}
