import ContactSync
import Testing

struct ExistingContactTests {
    @Test func `a required field that is mapped and empty fails, whatever the contact holds`() throws {
        let given = Given(
            user: ["city": "null"], mapped: ["town": "city"], fields: [.text("town", required: true)],
            standing: Standing(linked: .ann.with(fields: ["town": .text("Bonn")])))
        #expect(
            try given.decide()
                == .fail(existing: Contact.ann.id, reasons: [.requiredEmpty(field: "town", property: "city")]))
    }

    @Test func `a required field that is not mapped fails a new contact`() throws {
        let given = Given(fields: [.text("town", required: true)])
        #expect(try given.decide() == .fail(existing: nil, reasons: [.requiredEmpty(field: "town", property: nil)]))
    }

    @Test func `a required field that is not mapped fails a contact without a value`() throws {
        let given = Given(fields: [.text("town", required: true)], standing: Standing(linked: .ann))
        #expect(
            try given.decide()
                == .fail(existing: Contact.ann.id, reasons: [.requiredEmpty(field: "town", property: nil)]))
    }

    @Test func `a required field that is not mapped passes where the contact has a value`() throws {
        let contact = Contact.ann.with(fields: ["town": .text("Bonn")])
        for standing in [Standing(linked: contact), Standing(sameEmail: (contact, .nobody))] {
            let given = Given(fields: [.text("town", required: true)], standing: standing)
            #expect(try given.decide() == .update(contact.id, changes: [], adopts: standing.linked == nil))
        }
    }

    @Test func `the contact of a living user with the same e-mail fails the record`() throws {
        let given = Given(standing: Standing(sameEmail: (.ann, .user(.bob))))
        #expect(try given.decide() == .fail(existing: nil, reasons: [.sameEmail(as: .bob)]))
    }

    @Test(arguments: [Standing.Holder.nobody, .removed(.bob)])
    func `a contact with the same e-mail that no living user holds is adopted`(holder: Standing.Holder) throws {
        let given = Given(user: ["displayName": #""Anna""#], standing: Standing(sameEmail: (.ann, holder)))
        let change = ContactChange(.name, old: .text("Ann"), new: .text("Anna"))
        #expect(try given.decide() == .update(Contact.ann.id, changes: [change], adopts: true))
    }

    @Test func `an adopted contact is named by a failed record`() throws {
        let given = Given(user: ["displayName": "null"], standing: Standing(sameEmail: (.ann, .nobody)))
        #expect(try given.decide() == .fail(existing: Contact.ann.id, reasons: [.nameMissing(property: "displayName")]))
    }

    @Test func `a renamed user keeps the contact`() throws {
        let given = Given(
            user: ["userPrincipalName": #""ann.lee@contoso.example""#], standing: Standing(linked: .ann))
        let change = ContactChange(.email, old: .text("ann@contoso.example"), new: .text("ann.lee@contoso.example"))
        #expect(try given.decide() == .update(Contact.ann.id, changes: [change], adopts: false))
    }

    @Test(arguments: [Standing.Holder.nobody, .removed(.bob)])
    func `a renamed user does not take the e-mail of another contact`(holder: Standing.Holder) throws {
        let other = Contact(id: ContactID(rawValue: 8), email: "ann@contoso.example", name: "Other")
        let own = Contact.ann.with(email: "old@contoso.example")
        let given = Given(standing: Standing(linked: own, sameEmail: (other, holder)))
        #expect(try given.decide() == .fail(existing: own.id, reasons: [.emailTaken(by: other.id)]))
    }

    @Test func `a renamed user does not take the e-mail of another user`() throws {
        let other = Contact(id: ContactID(rawValue: 8), email: "ann@contoso.example", name: "Bob")
        let own = Contact.ann.with(email: "old@contoso.example")
        let given = Given(standing: Standing(linked: own, sameEmail: (other, .user(.bob))))
        #expect(try given.decide() == .fail(existing: own.id, reasons: [.sameEmail(as: .bob)]))
    }

    @Test(arguments: [true, false])
    func `name and phones follow Entra, overwriting or not`(overwrites: Bool) throws {
        let given = Given(
            user: ["displayName": #""Anna""#, "mobilePhone": #""2""#], phones: [.mobile: "mobilePhone"],
            overwrites: overwrites, standing: Standing(linked: .ann.with(phones: [.mobile: "1", .home: "9"])))
        let changes = [
            ContactChange(.name, old: .text("Ann"), new: .text("Anna")),
            ContactChange(.phone(.mobile), old: .text("1"), new: .text("2")),
        ]
        #expect(try given.decide() == .update(Contact.ann.id, changes: changes, adopts: false))
    }

    @Test func `overwriting, custom fields follow Entra and are cleared`() throws {
        #expect(
            try customFieldChanges(overwrites: true) == [
                ContactChange(.custom("cleared"), old: .text("old"), new: nil),
                ContactChange(.custom("filled"), old: nil, new: .text("new")),
                ContactChange(.custom("kept"), old: .text("old"), new: .text("new")),
            ])
    }

    @Test func `not overwriting, only empty custom fields are filled`() throws {
        #expect(
            try customFieldChanges(overwrites: false) == [ContactChange(.custom("filled"), old: nil, new: .text("new"))]
        )
    }

    private func customFieldChanges(overwrites: Bool) throws -> [ContactChange] {
        let contact = Contact.ann.with(fields: ["kept": .text("old"), "cleared": .text("old"), "unmapped": .text("x")])
        let given = Given(
            user: ["city": #""new""#, "state": #""new""#, "country": "null"],
            mapped: ["kept": "city", "filled": "state", "cleared": "country"],
            fields: [.text("kept"), .text("filled"), .text("cleared"), .text("unmapped")],
            overwrites: overwrites, standing: Standing(linked: contact))
        guard case .update(_, let changes, false) = try given.decide() else { return [] }
        return changes
    }
}
