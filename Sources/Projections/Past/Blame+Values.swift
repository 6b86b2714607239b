import ContactSync

extension Contact {
    var values: [ContactField: FieldValue] {
        var values: [ContactField: FieldValue] = [.email: .text(email), .name: .text(name)]
        for (type, number) in phones { values[.phone(type)] = .text(number) }
        for (name, value) in customFields { values[.custom(name)] = value }
        return values
    }
}

extension ContactField {
    /// Where it is shown among the others.
    var place: (Int, String) {
        switch self {
        case .email: (0, "")
        case .name: (1, "")
        case .phone(let type): (2, type.rawValue)
        case .custom(let name): (3, name)
        }
    }
}
