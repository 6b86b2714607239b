/// A simulator that is serving, and the hands of the agents who work in it.
package struct RunningHappyFox: Sendable {
    /// The root of the account, such as `http://localhost:50000`; the API is below `/api/1.1/json/`.
    package let baseURL: String
    /// What it was started with.
    package var configuration: HappyFoxSimulator.Configuration { service.configuration }
    let service: HappyFoxService

    init(port: Int, _ service: HappyFoxService) {
        baseURL = "\(service.configuration.tls == nil ? "http" : "https")://localhost:\(port)"
        self.service = service
    }

    /// Every request so far; of very many only the newest.
    package var requests: [LoggedRequest] { service.withState { $0.log.requests } }

    /// How many requests each route has answered, by status; 0 stands for a dropped connection.
    package var requestCounts: [String: [Int: Int]] { service.withState { $0.log.counts } }

    /// Requests that came while everything was refused for exceeding a limit.
    package var throttledRequests: Int { service.withState { $0.limit.throttledRequests } }

    /// Counts requests anew; limits do not forget.
    package func forgetRequests() {
        service.withState { $0.log = RequestLog() }
    }

    /// What goes wrong from now on; requests are counted anew.
    package func setFaults(_ faults: [Fault]) {
        service.withState { $0.faults = FaultPlan(faults) }
    }

    /// Makes the key good again, or bad.
    package func setKey(_ state: HappyFoxKeyState) {
        service.withState { $0.key = state }
    }

    /// The definitions of contact custom fields, in their order. What contacts have in fields that are gone is forgotten.
    package var fields: [HappyFoxField] { service.withState { $0.fields } }

    /// Defines the contact custom fields.
    package func setFields(_ fields: [HappyFoxField]) {
        service.setFields(fields)
    }
}

extension RunningHappyFox {
    /// Every contact, by id.
    package var contacts: [HappyFoxContact] { service.readableContacts }

    /// The contact with that address.
    package func contact(email: String) -> HappyFoxContact? {
        service.withState { state in state.contacts.find(email)?.readable(fields: state.fields) }
    }

    /// The contact with that id.
    package func contact(id: Int) -> HappyFoxContact? {
        service.withState { state in state.contacts[id]?.readable(fields: state.fields) }
    }

    /// Adds a contact as an agent does, and returns its id. Throws for a field or a choice that there is not.
    @discardableResult
    package func addContact(_ contact: HappyFoxContact) throws -> Int {
        try service.addContact(contact).id
    }

    /// Changes a contact as an agent does. Throws for a contact, a field or a choice that there is not.
    package func editContact(_ id: Int, _ change: (inout HappyFoxContact) -> Void) throws {
        _ = try service.editContact(id, change)
    }

    /// Deletes a contact, which only agents can do.
    package func removeContact(_ id: Int) throws {
        try service.removeContact(id)
    }
}
