import Simulators
import Testing

@Suite struct DeltaTests {
    @Test(arguments: ["delta", "delta()", "microsoft.graph.delta", "microsoft.graph.delta()"])
    func `a round has exactly the users that were patched since`(spelling: String) async throws {
        var configuration = EntraSimulator.Configuration()
        configuration.pageSize = 2
        configuration.users = 9
        try await EntraSimulator.with(configuration) { simulator in
            let client = try await Client(simulator)
            let first = try await client.collect("/v1.0/users/\(spelling)?$select=displayName,department")
            #expect(first.objects.count == 9 && first.pages == 5)
            for index in [3, 1, 4, 1, 5] {
                try simulator.patch(userAt: index, ["department": "Moved \(index)", "jobTitle": "\(index)"])
            }
            try simulator.patch(userAt: 8, ["jobTitle": "nobody looks at this"])
            let second = try await client.collect(first.deltaLink)
            #expect(
                second.objects.compactMap { $0["department"]?.text } == ["Moved 3", "Moved 1", "Moved 4", "Moved 5"])
            #expect(second.objects.allSatisfy { $0["jobTitle"] == nil && $0["displayName"] != nil && $0["id"] != nil })
            let third = try await client.collect(second.deltaLink)
            #expect(third.objects.isEmpty && third.deltaLink != second.deltaLink)
        }
    }

    @Test func `a change during a round comes in the next`() async throws {
        var configuration = EntraSimulator.Configuration()
        configuration.pageSize = 1
        configuration.users = 3
        try await EntraSimulator.with(configuration) { simulator in
            let client = try await Client(simulator)
            let start = try await client.get("/v1.0/users/delta?$deltatoken=latest&$select=city").json
            #expect(start.values.isEmpty)
            for index in 0..<2 { try simulator.patch(userAt: index, ["city": "first"]) }
            let page = try await client.get(try #require(start["@odata.deltaLink"]?.text)).json
            try simulator.patch(userAt: 1, ["city": "second"])
            let rest = try await client.collect(try #require(page["@odata.nextLink"]?.text))
            let next = try await client.collect(rest.deltaLink)
            #expect((page.values + rest.objects + next.objects).map { $0["city"] } == ["first", "second", "second"])
        }
    }

    @Test func `a cleared property is null, one never set is left out`() async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            let id = try simulator.add([
                "displayName": "New", "userPrincipalName": "new@contoso.example", "city": "Ulm",
            ])
            let link = try await client.collect("/v1.0/users/delta?$select=city,state,businessPhones").deltaLink
            try simulator.patch(id: id, ["city": nil])
            let changed = try await client.collect(link).objects
            #expect(changed == [["businessPhones": [], "city": nil, "id": .string(id)]])
        }
    }

    @Test func `deleted, restored and purged users are told apart`() async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            let id = simulator.id(ofUserAt: 7)
            var link = try await client.collect("/v1.0/users/delta?$select=displayName").deltaLink
            var seen: [JSONValue?] = []
            for change in [
                { try simulator.remove(id) }, { try simulator.restore(id) },
                { try simulator.remove(id, permanently: true) },
            ] {
                try change()
                let round = try await client.collect(link)
                #expect(round.objects.map { $0["id"] } == [.string(id)])
                seen.append(round.objects.first?["@removed"])
                link = round.deltaLink
            }
            #expect(seen == [["reason": "changed"], nil, ["reason": "deleted"]])
            #expect(try await client.get("/v1.0/users/\(id)").status == 404)
        }
    }

    @Test func `return=minimal sends only what changed`() async throws {
        try await EntraSimulator.with { simulator in
            let client = try await Client(simulator)
            let link = try await client.collect("/v1.0/users/delta?$select=city,displayName").deltaLink
            try simulator.patch(userAt: 0, ["city": "Ulm"])
            let page = try await client.get(link, headers: ["Prefer": "return=minimal"]).json
            #expect(page.values == [["city": "Ulm", "id": .string(simulator.id(ofUserAt: 0))]])
        }
    }
}
