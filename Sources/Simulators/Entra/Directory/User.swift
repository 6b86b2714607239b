/// A user as the tenant has it now: the seeded person, or one that was added, with every change since.
struct User: Sendable {
    let id: String
    /// Nil for a user who was added later.
    let person: Person?
    let change: Change?

    var lifecycle: Change.Lifecycle { change?.lifecycle ?? .present }

    /// As the user was before anything changed; nil if nothing has, or if there was nobody.
    var seeded: User? {
        change == nil || person == nil ? nil : User(id: id, person: person, change: nil)
    }

    func value(of property: Property) -> JSONValue {
        switch property {
        case .id: .string(id)
        case .proxyAddresses: proxyAddresses
        case .identities: identities
        case .onPremisesExtensionAttributes, .employeeOrgData: merged(property)
        default: change?.values[property] ?? seeded(property)
        }
    }

    /// Never set, as opposed to cleared: delta leaves such a property out.
    func wasNeverSet(_ property: Property) -> Bool {
        change?.values[property] == nil && value(of: property) == .null
    }

    private func seeded(_ property: Property) -> JSONValue {
        if let person { return person.value(of: property) }
        switch property.kind {
        case .texts, .objects: return .array([])
        case .text, .flag, .object: return .null
        }
    }

    /// Only the members which a PATCH named have changed.
    private func merged(_ property: Property) -> JSONValue {
        let base = seeded(property)
        guard let patch = change?.values[property] else { return base }
        guard case .object(let changes) = patch, case .object(let members) = base else { return patch }
        let kept = members.map { JSONValue.Member($0.name, patch[$0.name] ?? $0.value) }
        return .object(kept + changes.filter { base[$0.name] == nil })
    }

    /// The primary address follows `mail`.
    private var proxyAddresses: JSONValue {
        guard let mail = value(of: .mail).text else { return .array([]) }
        let secondary = person.map { [JSONValue.string("smtp:" + $0.localPart + "@" + $0.roster.initialDomain)] } ?? []
        return .array([.string("SMTP:" + mail)] + secondary)
    }

    private var identities: JSONValue {
        [
            [
                "signInType": person?.isGuest == true ? "federated" : "userPrincipalName",
                "issuer": person?.isGuest == true ? "ExternalAzureAD" : .optional(issuer),
                "issuerAssignedId": person?.isGuest == true ? .null : value(of: .userPrincipalName),
            ]
        ]
    }

    private var issuer: String? {
        person?.roster.initialDomain ?? value(of: .userPrincipalName).text?.split(separator: "@").last.map(String.init)
    }
}
