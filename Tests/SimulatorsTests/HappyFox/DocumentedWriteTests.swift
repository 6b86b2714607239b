import Simulators
import Testing

/// Requests that KB 1092 prints, and what they must do. Names and addresses are ours.
@Suite struct DocumentedWriteTests {
    @Test func `a contact is made with two numbers, and one of these is replaced`() async throws {
        let before = HappyFoxContact(id: 7, name: "Before", phones: [.init(id: 19, number: "1")])
        let configuration = HappyFoxSimulator.Configuration {
            $0.fields = [HappyFoxField(id: 1, name: "A")]
            $0.existing = [before]
        }
        try await HappyFoxSimulator.with(configuration) { desk in
            let client = DeskClient(desk)
            let made = try await client.send(
                "POST", "users/",
                """
                { "email": "ann@example.com", "name": "Ann", "phones": [
                    { "type": "mo", "number": "987654321", "is_primary": true },
                    { "type": "mo", "number": "876543219", "is_primary": false } ],
                  "c-cf-1": "example text field value" }
                """)
            #expect(made.status == 200 && made.json["id"] == 8)
            #expect(made.json["primary_phone"] == ["id": 20, "number": "987654321", "type": "mo"])
            #expect(made.json["phones"]?.elements.count == 2)
            #expect(made.json.field("A").value == "example text field value")
            #expect(try await client.get("user/8/").text == made.text)

            let edited = try await client.send(
                "POST", "users/",
                """
                { "email": "ann@example.com", "phones": [
                    { "type": "mo", "number": "123", "is_primary": true, "id": 20 } ] }
                """)
            #expect(edited.json["phones"]?.elements.map { $0["number"] } == ["123", "876543219"])
            #expect(edited.json["name"] == "Ann")
            #expect(edited.json.field("A").value == JSONValue.null)
        }
    }

    @Test func `one contact is edited by id, its address included`() async throws {
        let before = HappyFoxContact(id: 8, name: "Ann", email: "ann@example.com", fields: ["Badge": "B-1"])
        try await HappyFoxSimulator.with(.init { $0.existing = [before] }) { desk in
            let client = DeskClient(desk)
            let edited = try await client.post("user/8/", ["name": "Ann New", "email": "ann.new@example.com"])
            #expect(edited.json["email"] == "ann.new@example.com")
            #expect(try await client.get("user/8/").text == edited.text)
            #expect(try await client.get("user/ann@example.com/").status == 404)
            #expect(desk.contacts.first?.fields == ["Badge": "B-1"])
        }
    }

    @Test(arguments: ["user/8/", "user/ann@example.com/"])
    func `a login is switched off and on`(target: String) async throws {
        let before = HappyFoxContact(id: 8, name: "Ann", email: "ann@example.com")
        try await HappyFoxSimulator.with(.init { $0.existing = [before] }) { desk async throws in
            let client = DeskClient(desk)
            #expect(try await client.post(target, ["is_login_enabled": "FALSE"]).status == 200)
            #expect(desk.contact(id: 8)?.isLoginEnabled == false)
            #expect(try await client.post(target, ["is_login_enabled": "TRUE"]).status == 200)
            #expect(desk.contact(id: 8)?.isLoginEnabled == true)
            #expect(try await client.get(target).json["is_login_enabled"] == nil)
        }
    }

    @Test func `a primary number is changed by id`() async throws {
        let before = HappyFoxContact(
            id: 8, name: "Ann", email: "ann@help-desk", phones: [.init(id: 31, type: "w", number: "1")])
        try await HappyFoxSimulator.with(.init { $0.existing = [before] }) { desk in
            let body = #"{ "email": "ann@help-desk", "phones": [ { "type": "w", "id": 31, "number": "555-0123" } ] }"#
            let edited = try await DeskClient(desk).send("POST", "user/8/", body)
            #expect(edited.json["primary_phone"]?["number"] == "555-0123")
            #expect(edited.json["phones"]?.elements.count == 1)
        }
    }

    @Test func `a contact of a group's domain joins it when it is made`() async throws {
        let group = HappyFoxGroup(id: 2, name: "Partners", domains: ["partner.example"])
        try await HappyFoxSimulator.with(.init { $0.groups = [group] }) { desk in
            let client = DeskClient(desk)
            _ = try await client.post("users/", ["email": "a@Partner.example", "name": "A"])
            _ = try await client.post("users/", ["email": "b@elsewhere.example", "name": "B"])
            // Only when it is made.
            _ = try await client.post("user/2/", ["email": "b@partner.example"])
            #expect(desk.contacts.map(\.groups) == [[2], []])
            let members = try await client.get("contact_group/2/").json["contacts"]?.elements
            #expect(members?.map { $0["id"] } == [1])
        }
    }

    @Test func `a body may also be a form`() async throws {
        try await HappyFoxSimulator.with { desk in
            let form =
                "email=ann%40example.com&name=Ann+Example&c-cf-5=7&c-cf-21=31&c-cf-21=22&c-cf-13=12.5"
                + "&phones=%5B%7B%22type%22%3A%22w%22%2C%22number%22%3A%221%22%7D%5D"
            let answer = try await DeskClient(desk).send(
                "POST", "users/", form, type: "application/x-www-form-urlencoded")
            #expect(answer.status == 200)
            let contact = desk.contact(email: "ann@example.com")
            #expect(contact?.name == "Ann Example" && contact?.phones.first?.number == "1")
            #expect(
                contact?.fields == [
                    "Region": "EMEA", "Languages": ["English", "German"], "Employee number": .number(12.5),
                ])
        }
    }
}
