import Simulators
import Testing

/// What agents and administrators do past the API.
@Suite struct AgentTests {
    @Test func `an agent makes, edits and deletes a contact`() async throws {
        try await HappyFoxSimulator.with { desk in
            let id = try desk.addContact(HappyFoxContact(name: "Ann", email: "a@b.example", fields: ["Region": "APAC"]))
            try desk.editContact(id) {
                $0.fields["Badge"] = "B-1"
                $0.phones.append(.init(type: "w", number: "1"))
            }
            let client = DeskClient(desk)
            let contact = try await client.get("user/\(id)/").json
            #expect(contact.field("Badge").value == "B-1" && contact.field("Region").id == 3)
            #expect(contact["phones"]?.elements.count == 1)
            try desk.removeContact(id)
            #expect(try await client.get("user/a@b.example/").status == 404)
            #expect(throws: (any Error).self) { try desk.editContact(id) { $0.name = "B" } }
            #expect(throws: (any Error).self) {
                try desk.addContact(HappyFoxContact(name: "B", fields: ["Region": "Moon"]))
            }
        }
    }

    @Test func `a person does the same at the terminal`() async throws {
        try await HappyFoxSimulator.with { desk in
            var client = DeskClient(desk)
            client.credentials = ""
            let made = try await client.post("/simulator/contacts", ["name": "Ann", "email": "a@b.example"])
            #expect(made.status == 201 && made.json["id"] == 1)
            let edited = try await client.send(
                "PUT", "/simulator/contacts/1",
                #"{"fields":{"Languages":["German"],"Badge":"B-1"},"phones":[{"type":"w","number":"1"}]}"#)
            #expect(edited.json["fields"] == ["Badge": "B-1", "Languages": ["German"]])
            let list = try await client.get("/simulator/contacts").json
            #expect(list.elements == [edited.json])
            let cleared = try await client.send("PUT", "/simulator/contacts/1", #"{"fields":{"Badge":null}}"#)
            #expect(cleared.json["fields"] == ["Languages": ["German"]])
            #expect(try await client.send("PUT", "/simulator/contacts/1", #"{"age":7}"#).status == 400)
            #expect(try await client.send("DELETE", "/simulator/contacts/1").status == 204)
            #expect(desk.contacts.isEmpty)
            #expect(try await client.get("/simulator").json["contacts"] == 0)
        }
    }

    @Test func `definitions of fields change while contacts have values`() async throws {
        try await HappyFoxSimulator.with { desk in
            let client = DeskClient(desk)
            let fields: [String: JSONValue] = ["Region": "APAC", "Badge": "B-1"]
            try desk.addContact(HappyFoxContact(name: "A", email: "a@b.example", fields: fields))
            let definitions = """
                [{"id":5,"name":"Area","type":"dropdown","choices":[{"id":3,"text":"Asia"},"Moon"]},
                 {"name":"Team","required":true}]
                """
            #expect(try await client.send("PUT", "/simulator/fields", definitions).status == 204)
            #expect(desk.fields.map(\.id) == [5, 6])
            #expect(desk.contacts.first?.fields == ["Area": "Asia"])
            #expect(try await client.get("user_custom_fields/").json.elements.map { $0["required"] } == [false, true])
            #expect(try await client.post("users/", ["name": "B", "email": "b@b.example"]).status == 400)
            desk.setFields(HappyFoxField.standard)
            // What was in a field that had gone is lost.
            #expect(desk.contacts.first?.fields == ["Region": "APAC"])
        }
    }

    @Test(arguments: ["revoked", "disabled"])
    func `a key stops working and works again`(state: String) async throws {
        try await HappyFoxSimulator.with { desk in
            let client = DeskClient(desk)
            #expect(try await client.send("PUT", "/simulator/key", "{\"state\":\"\(state)\"}").status == 204)
            let refused = try await client.get("staff/")
            #expect(refused.status == 401 && refused.headers["www-authenticate"]?.hasPrefix("Basic") == true)
            desk.setKey(.valid)
            #expect(try await client.get("staff/").status == 200)
        }
    }

    @Test func `requests are counted and forgotten, faults are set`() async throws {
        try await HappyFoxSimulator.with { desk in
            let client = DeskClient(desk)
            _ = try await client.send("PUT", "/simulator/faults", #"[{"kind":"html","scope":"write","at":[1]}]"#)
            #expect(try await client.post("users/", HelpDeskFaultTests.ann).status == 502)
            _ = try await client.get("user/9/")
            let counts = try await client.get("/simulator/requests").json
            #expect(counts["POST users"] == ["502": 1] && counts["GET user"] == ["404": 1])
            #expect(try await client.send("DELETE", "/simulator/requests").status == 204)
            #expect(desk.requestCounts.keys.allSatisfy { $0 == "simulator" })
        }
    }
}
