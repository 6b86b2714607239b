import Simulators
import Testing

@Suite struct ContactRuleTests {
    @Test func `an upsert clears the custom fields that it does not send`() async throws {
        try await HappyFoxSimulator.with { desk in
            let fields: [String: JSONValue] = ["Badge": "B-1", "Region": "APAC", "Languages": ["German", "French"]]
            try desk.addContact(HappyFoxContact(name: "Ann", email: "ann@example.com", fields: fields))
            _ = try await DeskClient(desk).post("users/", ["email": "ann@example.com", "c-cf-5": 7])
            #expect(desk.contact(email: "ann@example.com")?.fields == ["Region": "EMEA"])
        }
    }

    @Test func `a number without an id is added, even if it is there already`() async throws {
        try await HappyFoxSimulator.with { desk in
            let client = DeskClient(desk)
            let body: JSONValue = ["email": "a@b.example", "name": "A", "phones": [["type": "w", "number": "1"]]]
            for _ in 0..<2 { _ = try await client.post("users/", body) }
            let phones = try #require(desk.contact(email: "a@b.example")?.phones)
            #expect(phones == [.init(id: 1, type: "w", number: "1"), .init(id: 2, type: "w", number: "1")])
            _ = try await client.post(
                "users/", ["email": "a@b.example", "phones": [["id": 2, "number": "3"], ["number": "4"]]])
            #expect(desk.contact(email: "a@b.example")?.phones.map(\.number) == ["1", "3", "4"])
            #expect(desk.contact(email: "a@b.example")?.phones.map(\.type) == ["w", "o", "o"])
        }
    }

    @Test func `a contact can do without an address if it has a number`() async throws {
        try await HappyFoxSimulator.with { desk in
            let client = DeskClient(desk)
            let bare = try await client.post("users/", ["name": "A", "email": nil])
            #expect(bare.json["error"]?.elements.first?["field"] == "phones")
            #expect(try await client.post("users/", ["name": "A", "phones": [["number": "1"]]]).status == 400)
            for _ in 0..<2 {
                let answer = try await client.post("users/", ["name": "A", "email": nil, "phones": [["number": "1"]]])
                #expect(answer.status == 200 && answer.json["email"] == JSONValue.null)
            }
            #expect(desk.contacts.count == 2)
        }
    }

    static let values: [(field: String, good: JSONValue, bad: JSONValue)] = [
        ("c-cf-4", "Sales", ["Sales"]), ("c-cf-13", 12, "twelve"), ("c-cf-13", .number(12.25), .number(12.255)),
        ("c-cf-5", 7, "EMEA"), ("c-cf-5", 3, 1), ("c-cf-21", [31, 22], 31), ("c-cf-21", [], [1]),
        ("c-cf-17", "2024-02-29", "2023-02-29"), ("c-cf-17", "1999-12-31", "31/12/1999"), ("c-cf-30", "#fff", true),
        ("email", "a@b", "a b@c.example"), ("name", "A", ""), ("phones", [["number": "1"]], [["number": 1]]),
        ("phones", [["type": "mo", "number": "1"]], [["type": "fax", "number": "1"]]),
        ("phones", [], [["id": 1, "number": "1"]]), ("is_login_enabled", "FALSE", "no"),
    ]

    @Test(arguments: values)
    func `a value must fit its key`(field: String, good: JSONValue, bad: JSONValue) async throws {
        try await HappyFoxSimulator.with { desk in
            let client = DeskClient(desk)
            func body(_ value: JSONValue) -> JSONValue {
                let members: [JSONValue.Member] = [.init("name", "A"), .init("email", "a@b.example")]
                return .object(members.filter { $0.name != field } + [.init(field, value)])
            }
            let refused = try await client.post("users/", body(bad))
            #expect(refused.status == 400)
            #expect(refused.json["error"]?.elements.map { $0["field"]?.text } == [field])
            #expect(desk.contacts.isEmpty)
            #expect(try await client.post("users/", body(good)).status == 200)
        }
    }

    @Test func `all that is wrong is told at once`() async throws {
        try await HappyFoxSimulator.with(.init { $0.requiredFields = ["Badge"] }) { desk in
            let answer = try await DeskClient(desk).post("users/", ["c-cf-5": 99])
            #expect(answer.json["error"]?.elements.map { $0["field"] } == ["name", "email", "c-cf-5", "c-cf-9"])
        }
    }

    @Test func `a required field may be left out of an edit, but not be emptied by it`() async throws {
        try await HappyFoxSimulator.with(.init { $0.requiredFields = ["Badge"] }) { desk in
            let client = DeskClient(desk)
            let made = try await client.post("users/", ["name": "A", "email": "a@b.example", "c-cf-9": "B-1"])
            #expect(made.status == 200)
            #expect(try await client.post("user/1/", ["name": "B"]).status == 200)
            #expect(try await client.post("user/1/", ["c-cf-9": ""]).json.firstError == "This field is required")
            #expect(desk.contacts.first?.fields == ["Badge": "B-1"])
        }
    }

    @Test func `what is no JSON is refused`() async throws {
        try await HappyFoxSimulator.with { desk in
            let client = DeskClient(desk)
            for body in ["{", "7"] {
                let answer = try await client.send("POST", "users/", body)
                #expect(answer.status == 400)
            }
        }
    }
}
