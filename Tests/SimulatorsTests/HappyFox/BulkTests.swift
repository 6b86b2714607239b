import Simulators
import Testing

@Suite struct BulkTests {
    static func people(_ count: Int) -> JSONValue {
        .array((0..<count).map { ["name": .string("P \($0)"), "email": .string("p\($0)@example.com")] })
    }

    @Test func `a hundred contacts fit, one more is too much for all`() async throws {
        try await HappyFoxSimulator.with { desk in
            let client = DeskClient(desk)
            let tooMany = try await client.post("users/", Self.people(101))
            #expect(tooMany.status == 400 && desk.contacts.isEmpty)
            let answer = try await client.post("users/", Self.people(100))
            #expect(answer.status == 200 && answer.json.elements.count == 100)
            #expect(answer.json.elements.allSatisfy { $0["success"] == true })
            #expect(desk.contacts.count == 100)
            #expect(desk.requestCounts["POST users"] == [400: 1, 200: 1])
        }
    }

    @Test func `each contact succeeds or fails alone`() async throws {
        try await HappyFoxSimulator.with { desk in
            let answer = try await DeskClient(desk).post(
                "users/",
                [
                    ["name": "A", "email": "a@example.com"], ["email": "b@example.com"], ["name": "C", "email": nil],
                    "text", ["name": "New A", "email": "A@example.com"],
                ])
            let results = answer.json.elements
            #expect(answer.status == 200)
            #expect(results.map { $0["success"] } == [true, false, false, false, true])
            #expect(results[0]["id"] == results[4]["id"])
            #expect(results[1]["email"] == "b@example.com" && results[1].firstError == "This field is required.")
            #expect(desk.contacts.map(\.name) == ["New A"])
        }
    }

    @Test func `a failure has its errors under either name`() async throws {
        for key in HappyFoxSimulator.BulkErrorKey.allCases {
            try await HappyFoxSimulator.with(.init { $0.behaviour.bulkErrorKey = key }) { desk in
                let answer = try await DeskClient(desk).post("users/", [["email": "b@example.com"]])
                let error: JSONValue = ["errors": ["This field is required."], "field": "name"]
                #expect(answer.json.elements.first?[key.rawValue] == [error])
            }
        }
    }

    @Test(arguments: [false, true])
    func `results keep the order of the contacts, or not`(shuffled: Bool) async throws {
        try await HappyFoxSimulator.with(.init { $0.behaviour.shufflesBulkResults = shuffled }) { desk in
            let results = try await DeskClient(desk).post("users/", Self.people(5)).json.elements
            let ids = results.compactMap { $0["id"] }
            #expect(ids == (shuffled ? [4, 2, 1, 3, 5] : [1, 2, 3, 4, 5]))
        }
    }

    @Test func `results can be missing for contacts that were written`() async throws {
        try await HappyFoxSimulator.with(.init { $0.behaviour.omitsBulkResult = 3 }) { desk in
            let results = try await DeskClient(desk).post("users/", Self.people(7)).json.elements
            #expect(results.compactMap { $0["id"] } == [1, 2, 4, 5, 7])
            #expect(desk.contacts.count == 7)
        }
    }
}
