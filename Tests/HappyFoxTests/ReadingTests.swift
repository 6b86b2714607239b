import ContactSync
import Simulators
import Testing

@testable import HappyFox

/// The client against a simulated account over HTTP, under every reading of the documentation.
@Suite struct ReadingTests {
    private func with(
        _ reading: Reading, contacts: Int = 0,
        _ body: (HappyFoxClient, RunningHappyFox, [FieldDefinition]) async throws -> Void
    ) async throws {
        var configuration = HappyFoxSimulator.Configuration()
        configuration.behaviour = reading.behaviour
        configuration.contacts = contacts
        configuration.requiredFields = ["Department"]
        try await HappyFoxSimulator.with(configuration) { (simulator) async throws in
            try await Desk.with(simulator.baseURL) { (desk) async throws in
                try await body(desk.client, simulator, try await desk.client.fields())
            }
        }
    }

    private func new(_ number: Int, department: String? = "Sales") -> Contact {
        Contact(
            id: .unassigned, email: "new\(number)@a.example", name: "New \(number)", phones: [.work: "+49 \(number)"],
            customFields: department.map { ["Department": .text($0), "Region": .text("APAC")] } ?? [:])
    }

    @Test(arguments: Reading.all)
    func `fields and contacts are read whole`(reading: Reading) async throws {
        try await with(reading, contacts: 70) { (client, simulator, fields) async throws in
            #expect(fields.map(\.name) == simulator.fields.map(\.name))
            let kinds: [FieldType] = [
                .text, .number, .dropdown, .text, .multipleChoice, .date, .other("colour-picker"),
            ]
            #expect(fields.map(\.type) == kinds)
            #expect(fields.map(\.isRequired) == [true] + Array(repeating: false, count: 6))
            let pages = [try await client.contacts(page: 1), try await client.contacts(page: 2)]
            #expect(pages.map(\.contacts.count) == [50, 20] && pages.map(\.total) == [70, 70])
            #expect(try await client.contacts(page: 3).contacts.isEmpty)
            for (contact, expected) in zip(pages.flatMap(\.contacts), simulator.contacts) {
                let read = contact.contact(fields)
                #expect(read.id.rawValue == Int64(expected.id) && read.name == expected.name)
                #expect(read.email == expected.email ?? "" && contact.phones.count == expected.phones.count)
                let region = expected.fields["Region"].flatMap(\.text).map { ContactSync.FieldValue.text($0) }
                #expect(read.customFields["Region"] == region)
            }
        }
    }

    @Test(arguments: Reading.all)
    func `a contact is found by number and by address, and its absence is told`(reading: Reading) async throws {
        try await with(reading, contacts: 20) { (client, simulator, _) async throws in
            let known = try #require(simulator.contact(id: 3))
            let email = try #require(known.email)
            #expect(try await client.contact(ContactID(rawValue: 3))?.name == known.name)
            #expect(try await client.contact(ContactID(rawValue: 999)) == nil)
            #expect(try await client.contact(email: email)?.id.rawValue == 3)
            #expect(try await client.contact(email: "nobody@a.example") == nil)
            // A part of an address is no address.
            #expect(try await client.contact(email: String(email.dropFirst())) == nil)
            if !reading.behaviour.matchesEmailCase || reading.behaviour.notFoundStatus != 404 {
                #expect(try await client.contact(email: email.uppercased())?.id.rawValue == 3)
            }
        }
    }

    @Test(arguments: Reading.all)
    func `a write alone is done or refused in HappyFox's words`(reading: Reading) async throws {
        try await with(reading) { (client, simulator, fields) async throws in
            #expect(try await client.write(.create(new(1), fields), fields) == .done(ContactID(rawValue: 1)))
            let refused = try await client.write(.create(new(2, department: nil), fields), fields)
            #expect(refused == .refused("Department: This field is required"))
            #expect(simulator.contacts.map(\.email) == ["new1@a.example"])
            #expect(simulator.contacts.first?.fields == ["Department": "Sales", "Region": "APAC"])
        }
    }

    @Test(arguments: Reading.all)
    func `a bulk write tells of each, and no answer goes to another`(reading: Reading) async throws {
        try await with(reading) { (client, simulator, fields) async throws in
            let payloads = (1...9).map { number in
                ContactPayload.create(new(number, department: number % 4 == 0 ? nil : "Sales"), fields)
            }
            let answers = try await client.write(payloads, fields)
            let silent = WriteAnswer.lost("happyfox did not say what became of the contact")
            for (index, answer) in answers.enumerated() {
                let number = index + 1
                if let omitted = reading.behaviour.omitsBulkResult, number % omitted == 0 {
                    #expect(answer == silent)
                } else if number % 4 == 0 {
                    #expect(answer == .refused("Department: This field is required"))
                } else {
                    let id = try #require(simulator.contact(email: "new\(number)@a.example")?.id)
                    #expect(answer == .done(ContactID(rawValue: Int64(id))))
                }
            }
            #expect(simulator.contacts.count == 7 && simulator.requestCounts["POST users"]?.values.reduce(0, +) == 1)
        }
    }

    @Test(arguments: Reading.all)
    func `an update keeps what it does not decide, and so does a new address`(reading: Reading) async throws {
        try await with(reading, contacts: 6) { (client, simulator, fields) async throws in
            try simulator.editContact(6) { contact in
                contact.fields = [
                    "Department": "Sales", "Employee number": .number(5.5), "Region": "EMEA", "Badge": "B-7",
                    "Languages": ["German", "French"], "Birthday": "1990-02-03", "Favourite colour": "#aabbcc",
                ]
            }
            let before = try #require(simulator.contact(id: 6))
            let held = try #require(try await client.contact(ContactID(rawValue: 6)))
            let changes = [
                ContactChange(.email, old: .text(held.email), new: .text("moved@a.example")),
                ContactChange(.name, old: .text(held.name), new: .text("Moved")),
                ContactChange(.phone(.work), old: nil, new: .text("+49 1")),
                ContactChange(.custom("Region"), old: .text("EMEA"), new: .text("APAC")),
            ]
            let rename = ContactPayload.rename(held, changes, email: "moved@a.example", fields)
            #expect(try await client.edit(held.id, rename, fields) == .done(held.id))
            let update = ContactPayload.update(held, changes, email: "moved@a.example", fields)
            #expect(try await client.write([update], fields) == [.done(held.id)])
            let after = try #require(simulator.contact(id: 6))
            #expect(after.email == "moved@a.example" && after.name == "Moved" && simulator.contacts.count == 6)
            #expect(after.fields == before.fields.merging(["Region": "APAC"]) { $1 })
            #expect(after.phones.count == before.phones.count && after.primaryPhone == before.phones.first?.id)
            #expect(after.phones.map(\.number) == ["+49 1"] + before.phones.dropFirst().map(\.number))
        }
    }

    @Test(arguments: Reading.all)
    func `an address that another contact has is refused in words, where it is`(reading: Reading) async throws {
        try await with(reading, contacts: 6) { (client, simulator, fields) async throws in
            for id in [1, 3] { try simulator.editContact(id) { $0.fields["Department"] = "Sales" } }
            let held = try #require(try await client.contact(ContactID(rawValue: 1)))
            let other = try #require(simulator.contact(id: 3)?.email)
            let answer = try await client.edit(held.id, .rename(held, [], email: other, fields), fields)
            let isAccepted = reading.behaviour.duplicateEmailStatus == nil
            #expect(
                answer == (isAccepted ? .done(held.id) : .refused("email: Contact with this email already exists.")))
        }
    }
}
