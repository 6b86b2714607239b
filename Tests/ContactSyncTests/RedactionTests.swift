import ContactSync
import Testing

/// What stays of an event when a person is erased.
@Suite struct RedactionTests {
    /// Of people, in the sample events and nowhere else in them.
    private let personal = [
        "eve@", "ops@", "Eve", "ann", "Ann", "Lée", "L\\u00e9e", "+49", "5.5", "a@b.cd", "b@b.cd", "moving-7",
        "no such user",
        "is required",
    ]

    @Test func `tells nobody who it was, and is an event all the same`() throws {
        for event in try sampleEvents() where isOfAPerson(event) {
            let data = try event.redacted.data()
            for word in personal { #expect(!text(data).contains(word), "\(event.type): \(text(data))") }
            let again = try Event(event.type, data: data)
            #expect(again.type == event.type)
            #expect(try again.redacted.data() == data)
        }
    }

    @Test func `keeps the numbers and the causes`() throws {
        let contact = ContactID(rawValue: 7)
        let change = ContactChange(.name, old: .text("A"), new: .text("B"))
        let updated = Event.contactUpdated(.init(contact: contact, adopts: true, changes: [change])).redacted
        #expect(
            text(try updated.data()) == #"{"adopts":true,"changes":[{"field":"name","new":"","old":null}],"contact":7}"#
        )
        let failed = Event.contactFailed(
            .init(contact: contact, email: "ann", reasons: [.emailInvalid(property: "mail", value: "ann")]))
        #expect(
            text(try failed.redacted.data())
                == #"{"contact":7,"email":"","reasons":[{"code":"emailInvalid","property":"mail","value":""}]}"#)
    }

    private func isOfAPerson(_ event: Event) -> Bool {
        switch event {
        case .userFetched, .userChanged, .userRemoved, .contactCreated, .contactUpdated, .contactFailed, .contactAdded,
            .contactRead, .contactRemoved, .contactWriteRequested, .contactWriteAbandoned, .contactParkRequested,
            .accountEmailRequested, .accountEmailSent, .accountEmailFailed, .agentAdded, .agentChanged, .agentRemoved,
            .noticeRecipientsChanged:
            true
        default: false
        }
    }
}
