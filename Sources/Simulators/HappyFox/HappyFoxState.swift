/// What has become of the API key.
package enum HappyFoxKeyState: String, Sendable, Codable {
    case valid, revoked, disabled
}

/// Everything that changes while the simulator runs. The service keeps it behind one lock, and nobody keeps a copy.
struct HappyFoxState: Sendable {
    var contacts: ContactBook
    var fields: [HappyFoxField]
    var groups: [HappyFoxGroup]
    var key = HappyFoxKeyState.valid
    var limit: RateLimit
    var faults: FaultPlan
    var log = RequestLog()

    init(_ configuration: HappyFoxSimulator.Configuration) {
        contacts = ContactBook(matchesCase: configuration.behaviour.matchesEmailCase)
        fields = configuration.fields.map { field in
            var field = field
            if configuration.requiredFields.contains(field.name) { field.isRequired = true }
            return field
        }
        groups = configuration.groups
        limit = RateLimit(
            reads: configuration.readsPerMinute, writes: configuration.writesPerMinute, penalty: configuration.penalty)
        faults = FaultPlan(configuration.faults)
        for contact in SeededContacts(configuration, fields: fields).all { contacts.put(contact) }
        // A field that is not defined costs the contact, not the simulator.
        for contact in configuration.existing {
            if let contact = try? StoredContact(contact, fields: fields) { contacts.put(contact) }
        }
    }

    /// What it takes to write contacts.
    func format(_ behaviour: HappyFoxSimulator.Behaviour) -> ContactFormat {
        ContactFormat(
            fields: fields, groups: groups, types: behaviour.wireTypes, style: behaviour.choiceStyle,
            times: behaviour.timeStyle)
    }
}
