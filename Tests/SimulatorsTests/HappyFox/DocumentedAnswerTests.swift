import Simulators
import Testing

/// Answers that KB 1092 prints, down to the byte but for the blanks between tokens. Names and addresses are ours.
@Suite struct DocumentedAnswerTests {
    /// The account which the samples of lists and details were taken from.
    static func account(_ contacts: [HappyFoxContact], groups: [HappyFoxGroup]) -> HappyFoxSimulator.Configuration {
        HappyFoxSimulator.Configuration {
            $0.fields = [HappyFoxField(id: 13, name: "A")]
            $0.groups = groups
            $0.existing = contacts
            $0.behaviour.timeStyle = .null
        }
    }

    static func contact(_ id: Int, _ name: String, _ email: String, group: Int, tickets: Int) -> HappyFoxContact {
        var contact = HappyFoxContact(id: id, name: name, email: email)
        contact.groups = [group]
        contact.tickets = tickets
        contact.pendingTickets = tickets
        return contact
    }

    @Test func `a page of contacts`() async throws {
        var ann = Self.contact(4, "Ann Example", "ann@example.com", group: 2, tickets: 2)
        ann.phones = [.init(id: 1, type: "m", number: "98765432")]
        let others = (5...65).map { HappyFoxContact(id: $0, name: "Other", email: "other\($0)@example.com") }
        let group = HappyFoxGroup(id: 2, name: "sample", description: "text", domains: ["example.com"])
        try await HappyFoxSimulator.with(Self.account([ann] + others, groups: [group])) { desk in
            let answer = try await DeskClient(desk).get("users/")
            let first = """
                { "page_info": { "count": 10, "last_index": 62, "page_count": 7, "start_index": 1, "end_index": 10 },
                  "data": [ { "name": "Ann Example",
                    "primary_phone": { "type": "m", "number": "98765432", "id": 1 },
                    "phones": [ { "type": "m", "number": "98765432", "id": 1 } ],
                    "created_at": null, "updated_at": null, "pending_tickets_count": 2,
                    "contact_groups": [ { "tagged_domains": "example.com", "access_all_tickets_in_group": false,
                      "description": "text", "name": "sample", "id": 2 } ],
                    "tickets_count": 2, "id": 4, "email": "ann@example.com",
                    "custom_fields": [ { "name": "A", "value": null, "value_id": null, "type": "text", "id": 13,
                      "visible_to_staff_only": false } ] }
                """
            #expect(answer.status == 200)
            #expect(answer.text.hasPrefix(compact(first)))
            #expect(answer.json["data"]?.elements.count == 10)
        }
    }

    @Test(arguments: ["user/33/", "user/ben@example.com/", "user/ben%40example.com/"])
    func `a contact, by id and by address`(target: String) async throws {
        let ben = Self.contact(33, "Ben Example", "ben@example.com", group: 3, tickets: 1)
        let group = HappyFoxGroup(
            id: 3, name: "sample 3", description: "more text", domains: ["example.com", "b.example"])
        try await HappyFoxSimulator.with(Self.account([ben], groups: [group])) { desk async throws in
            let expected = """
                { "name": "Ben Example", "primary_phone": null, "phones": [], "created_at": null, "updated_at": null,
                  "pending_tickets_count": 1,
                  "contact_groups": [ { "tagged_domains": "example.com,b.example",
                    "access_all_tickets_in_group": false, "description": "more text", "name": "sample 3", "id": 3 } ],
                  "tickets_count": 1, "id": 33, "email": "ben@example.com",
                  "custom_fields": [ { "name": "A", "value": null, "value_id": null, "type": "text", "id": 13,
                    "visible_to_staff_only": false } ] }
                """
            #expect(try await DeskClient(desk).get(target).text == compact(expected))
        }
    }

    @Test func `the definitions of custom fields`() async throws {
        let fields = [
            HappyFoxField(id: 4, name: "Account Number", isRequired: true),
            HappyFoxField(
                id: 5, name: "Region ID", kind: .dropdown,
                choices: [.init(id: 3, text: "APAC"), .init(id: 4, text: "Australia"), .init(id: 2, text: "Europe")]),
        ]
        try await HappyFoxSimulator.with(.init { $0.fields = fields }) { desk async throws in
            let expected = """
                [ { "name": "Account Number", "depends_on_choice": null, "required": true, "id": 4, "choices": null,
                    "type": "text", "order": 1, "visible_to_staff_only": false },
                  { "name": "Region ID", "depends_on_choice": null, "required": false, "id": 5,
                    "choices": [ { "text": "APAC", "id": 3, "dependant_fields": [] },
                      { "text": "Australia", "id": 4, "dependant_fields": [] },
                      { "text": "Europe", "id": 2, "dependant_fields": [] } ],
                    "type": "choice", "order": 2, "visible_to_staff_only": false } ]
                """
            #expect(try await DeskClient(desk).get("user_custom_fields/").text == compact(expected))
        }
    }

    @Test func `what contacts are refused for`() async throws {
        let configuration = HappyFoxSimulator.Configuration {
            $0.fields = [HappyFoxField(id: 13, name: "A", isRequired: true)]
        }
        try await HappyFoxSimulator.with(configuration) { desk in
            let client = DeskClient(desk)
            let nameless = try await client.post("users/", ["email": "a@b.example", "c-cf-13": "x"])
            #expect(nameless.status == 400)
            #expect(
                nameless.text
                    == compact(#"{ "error": [ { "field": "name", "errors": [ "This field is required." ] } ] }"#))
            let incomplete = try await client.post("users/", ["email": "a@b.example", "name": "A"])
            #expect(
                incomplete.text
                    == compact(#"{ "error": [ { "field": "c-cf-13", "errors": [ "This field is required" ] } ] }"#))
            #expect(desk.contacts.isEmpty)
        }
    }

    @Test func `the results of a bulk write`() async throws {
        let before = HappyFoxContact(id: 13, name: "Before", email: "before@example.com")
        try await HappyFoxSimulator.with(.init { $0.existing = [before] }) { desk async throws in
            let body = """
                [ { "email": "ann@example.com", "name": "Ann Example", "c-cf-4": "XHR1234" },
                  { "email": "ben@example.com", "name" : "Ben", "c-cf-4": "LDA5000" } ]
                """
            let expected = """
                [ { "email": "ann@example.com", "success": true, "id": 14 },
                  { "email": "ben@example.com", "success": true, "id": 15 } ]
                """
            #expect(try await DeskClient(desk).send("POST", "users/", body).text == compact(expected))
            #expect(desk.contacts.map { $0.fields["Department"] } == [nil, "XHR1234", "LDA5000"])
        }
    }
}
