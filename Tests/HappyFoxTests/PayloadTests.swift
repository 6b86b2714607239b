import ContactSync
import Testing

@testable import HappyFox

@Suite struct PayloadTests {
    private let kept = ##""c-cf-17":"1990-02-03","c-cf-21":[31,22],"c-cf-30":"#aabbcc","##

    private func update(_ changes: [ContactChange], email: String = "ann@a.example") throws -> String {
        let held = try #require(try Samples.contact())
        return text(ContactPayload.update(held, changes, email: email, Samples.fields).json)
    }

    @Test func `an update without a change sends back all that is held`() throws {
        #expect(
            try update([])
                == #"{"c-cf-13":5.50,\#(kept)"c-cf-4":"Sales","c-cf-5":3,"c-cf-99":"of the same name","email":"ann@a.example","name":"Ann","phones":[{"id":8,"is_primary":false,"number":"0","type":"w"},{"id":9,"is_primary":true,"number":"1","type":"w"},{"id":7,"is_primary":false,"number":"2","type":"fax"}]}"#
        )
    }

    @Test func `what was decided stands over what is held`() throws {
        let payload = try update([
            ContactChange(.name, old: .text("Ann"), new: .text("Anne")),
            ContactChange(.custom("Department"), old: .text("Sales"), new: .text("Harbour")),
            ContactChange(.custom("Employee number"), old: .number("5.5"), new: .number("7.25")),
            ContactChange(.custom("Region"), old: .text("APAC"), new: .text("EMEA")),
        ])
        #expect(payload.hasPrefix(#"{"c-cf-13":7.25,\#(kept)"c-cf-4":"Harbour","c-cf-5":7,"c-cf-99":"#))
        #expect(payload.contains(#""name":"Anne""#))
    }

    @Test func `a cleared field is the one that is not sent`() throws {
        let payload = try update([ContactChange(.custom("Department"), old: .text("Sales"), new: nil)])
        #expect(!payload.contains("c-cf-4\"") && payload.contains(kept) && payload.contains(#""c-cf-5":3"#))
    }

    @Test func `a number that replaces one carries its id, and a further one none`() throws {
        let payload = try update([
            ContactChange(.phone(.work), old: .text("0"), new: .text("00")),
            ContactChange(.phone(.mobile), old: nil, new: .text("+49")),
        ])
        #expect(payload.contains(#"{"id":8,"is_primary":false,"number":"00","type":"w"},{"id":9,"is_primary":true"#))
        #expect(payload.hasSuffix(#"{"is_primary":false,"number":"+49","type":"mo"}]}"#))
    }

    @Test func `the first phone of all is the primary one`() throws {
        let held = try #require(try Samples.contact(#"{"id":1,"name":"A","email":"a@b.example","phones":[]}"#))
        let changes = [ContactChange(.phone(.home), old: nil, new: .text("1"))]
        let payload = ContactPayload.update(held, changes, email: "a@b.example", Samples.fields)
        #expect(text(payload.json).contains(#""phones":[{"is_primary":true,"number":"1","type":"h"}]"#))
    }

    @Test func `a new address goes with all that leaving it out could reset`() throws {
        let held = try #require(try Samples.contact())
        let changes = [
            ContactChange(.email, old: .text("ann@a.example"), new: .text("b@a.example")),
            ContactChange(.custom("Department"), old: .text("Sales"), new: .text("Harbour")),
        ]
        let payload = ContactPayload.rename(held, changes, email: "b@a.example", Samples.fields)
        #expect(
            text(payload.json)
                == #"{"c-cf-13":5.50,\#(kept)"c-cf-4":"Sales","c-cf-5":3,"c-cf-99":"of the same name","email":"b@a.example","name":"Ann"}"#
        )
    }

    @Test func `a new contact is sent with what was decided and nothing else`() {
        let contact = Contact(
            id: .unassigned, email: "n@a.example", name: "New", phones: [.work: "1", .mobile: "2"],
            customFields: ["Employee number": .number("5.5"), "Region": .text("APAC"), "Gone": .text("x")])
        #expect(
            text(ContactPayload.create(contact, Samples.fields).json)
                == #"{"c-cf-13":5.50,"c-cf-5":3,"email":"n@a.example","name":"New","phones":[{"is_primary":true,"number":"2","type":"mo"},{"is_primary":false,"number":"1","type":"w"}]}"#
        )
    }

    @Test(arguments: [("5", "5"), ("5.5", "5.50"), ("5.25", "5.25"), ("-0.5", "-0.50")])
    func `a number is an integer or has two decimals`(number: String, sent: String) {
        #expect(ContactPayload.twoDecimals(number) == sent)
    }
}
