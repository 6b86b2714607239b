import Simulators
import Testing

@Suite struct ContactListTests {
    @Test func `pages follow each other and end`() async throws {
        try await HappyFoxSimulator.with(.init { $0.contacts = 120 }) { desk in
            let client = DeskClient(desk)
            var ids: [JSONValue] = []
            for page in 1...3 {
                let answer = try await client.get("users/?size=50&page=\(page)").json
                #expect(answer["page_info"]?["page_count"] == 3 && answer["page_info"]?["last_index"] == 120)
                ids += answer["data"]?.elements.compactMap { $0["id"] } ?? []
            }
            #expect(ids.count == 120 && Set(ids.compactMap(\.number)).count == 120)
            let beyond = try await client.get("users/?size=50&page=4").json
            #expect(beyond["data"] == [])
            #expect(try await client.get("users/?size=0&page=-1").json["data"]?.elements.count == 10)
            #expect(try await client.get("users/?page=9223372036854775807").json["data"] == [])
        }
    }

    static let searches: [(query: String, ids: [Int])] = [
        ("name:ANN", [1, 3]), ("email:ann@example.com", [1, 3]), ("name:ann%20email:joann", [3]),
        ("phone:11231231234", [2]), ("phone:%2B1123", []), ("name:ben%20example", [2]),
        ("name:%22Ben%20Example%22", [2]),
        ("updated_since:1970/01/03", [2, 3]), ("updated_since:01/04/1970", [3]), ("created_since:1970-01-01", [2, 3]),
        ("created_since:soon", []), ("name:nobody", []),
    ]

    @Test(arguments: searches)
    func `contacts are found by their terms`(query: String, ids: [Int]) async throws {
        let ann = HappyFoxContact(id: 1, name: "Ann", email: "ann@example.com")
        var ben = HappyFoxContact(id: 2, name: "Ben Example", phones: [.init(number: "+11231231234")])
        var joann = HappyFoxContact(id: 3, name: "Joann", email: "joann@example.com")
        (ben.createdAt, ben.updatedAt) = (0, 2 * 86_400_000)
        (joann.createdAt, joann.updatedAt) = (86_400_000, 3 * 86_400_000)
        let existing = [ann, ben, joann]
        try await HappyFoxSimulator.with(.init { $0.existing = existing }) { desk in
            let answer = try await DeskClient(desk).get("users/?q=\(query)").json
            #expect(answer["data"]?.elements.compactMap { $0["id"]?.number } == ids)
            #expect(answer["page_info"]?["last_index"]?.number == ids.count)
        }
    }

    @Test func `the contacts that are there already are of every kind, and the same every time`() async throws {
        let configuration = HappyFoxSimulator.Configuration {
            $0.contacts = 100
            $0.now = { 1_800_000_000_000 }
        }
        let first = try await HappyFoxSimulator.with(configuration) { $0.contacts }
        let second = try await HappyFoxSimulator.with(configuration) { $0.contacts }
        #expect(first == second && first.count == 100)
        #expect(first.contains { $0.email == nil } && first.allSatisfy { $0.email != nil || !$0.phones.isEmpty })
        #expect(first.contains { Set($0.phones.map(\.type)).count < $0.phones.count })
        #expect(first.contains { $0.fields["Badge"] != nil } && first.contains { !$0.isLoginEnabled })
        #expect(first.contains { $0.createdAt == nil } && first.contains { $0.createdAt != nil })
        try await EntraSimulator.with { entra in
            let users = try await Client(entra).collect("/v1.0/users?$select=mail").objects
            let addresses = Set(users.compactMap { $0["mail"]?.text })
            #expect(first.filter { $0.email.map(addresses.contains) == true }.count > 30)
        }
    }

    @Test func `groups are listed, shown and written to as documented`() async throws {
        let configuration = HappyFoxSimulator.Configuration {
            $0.groups = [
                HappyFoxGroup(id: 1, name: "test group", description: "text", domains: ["example.com"]),
                HappyFoxGroup(id: 2, name: "test1 group"),
            ]
            $0.existing = [HappyFoxContact(id: 1, name: "A"), HappyFoxContact(id: 3, name: "C")]
        }
        try await HappyFoxSimulator.with(configuration) { desk in
            let client = DeskClient(desk)
            let list = """
                [ { "tagged_domains": "example.com", "id": 1, "name": "test group", "description": "text" },
                  { "tagged_domains": "", "id": 2, "name": "test1 group", "description": "" } ]
                """
            #expect(try await client.get("contact_groups/").text == compact(list))
            let detail = """
                { "tagged_domains": "example.com", "id": 1, "description": "text", "name": "test group",
                  "contacts": [] }
                """
            #expect(try await client.get("contact_group/1/").text == compact(detail))
            let added = """
                [ { "data": { "access_tickets": true, "contact": 1 }, "success": true },
                  { "errors": [ { "field": "contact", "errors": [
                      "Select a valid choice. That choice is not one of the available choices." ] } ],
                    "success": false } ]
                """
            let members = #"[ { "contact": 1, "access_tickets": true }, { "contact": 200 } ]"#
            #expect(try await client.send("POST", "contact_group/1/update_contacts/", members).text == compact(added))
            #expect(desk.contact(id: 1)?.ticketAccess == [1])
            let removed = """
                [ { "data": { "message": "Successfully removed contact from group", "contact": 1 }, "success": true },
                  { "data": { "message": "Contact not part of the contact group", "contact": 3 }, "success": false },
                  { "data": { "message": "Contact does not exist", "contact": 100 }, "success": false } ]
                """
            let body: JSONValue = ["contacts": [1, 3, 100]]
            #expect(try await client.post("contact_group/1/delete_contacts/", body).text == compact(removed))
            let made: JSONValue = ["name": "third", "tagged_domains": "a.example,b.example"]
            #expect(try await client.post("contact_groups/", made).json["id"] == 3)
            #expect(try await client.post("contact_groups/", made).status == 400)
            let edited = try await client.post("contact_group/3/", ["description": "more"])
            #expect(edited.json["tagged_domains"] == "a.example,b.example" && edited.json["description"] == "more")
        }
    }

    @Test(arguments: ["users", "user/1", "tickets/", "../users/"])
    func `what is not simulated is not found`(target: String) async throws {
        try await HappyFoxSimulator.with { desk in
            let answer = try await DeskClient(desk).get(target)
            #expect(answer.status == 404)
        }
    }
}

extension JSONValue {
    var number: Int? {
        if case .integer(let number) = self { number } else { nil }
    }
}
