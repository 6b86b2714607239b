import ContactSync

/// Settings as they are shown, in one order for YAML and JSON.
extension TenantSettings {
    func members(tenant: String) -> [(key: String, value: JSONValue)] {
        func paths(_ members: [(String, PropertyPath)]) -> JSONValue {
            .object(members.map { ($0.0, .string($0.1.description)) })
        }
        return [
            ("tenant", .string(tenant)), ("contactSync", .bool(contactSync)), ("users", users.json),
            ("include", .object([("guests", .bool(include.guests)), ("disabled", .bool(include.disabled))])),
            ("fields", paths([("email", mapping.email), ("name", mapping.name)])),
            ("phones", paths(mapping.phones.sorted { $0.key < $1.key }.map { ($0.key.rawValue, $0.value) })),
            ("customFields", paths(mapping.customFields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })),
            ("overwriteCustomFields", .bool(overwriteCustomFields)), ("accountEmail", .bool(accountEmail)),
            ("fullReadDays", .number(String(fullReadDays))), ("guard", guardLimits.json),
        ]
    }

    /// As `settings apply` takes it. Groups stand there by their ids, for names may change or be given twice.
    func yaml(tenant: String) -> String {
        members(tenant: tenant).map { key, value in
            switch key {
            case "users" where !chosenGroups.isEmpty: groupsInYAML
            case "guard": guardLimits.yaml
            default: "\(key): \(value.yaml)"
            }
        }.joined(separator: "\n")
    }

    private var groupsInYAML: String {
        let lines = chosenGroups.map { group in
            "    - \(JSONValue.string(group.id).yaml)" + (group.name.map { "  # \(commented($0))" } ?? "")
        }
        return (["users:", "  groups:"] + lines).joined(separator: "\n")
    }

    /// What is said of the groups beside their ids.
    var namesOfGroups: JSONValue {
        .object(chosenGroups.map { ($0.id, JSONValue($0.name)) })
    }

    /// A name that ends neither the comment nor the document: YAML 1.2 section 5.1 allows not every character.
    private func commented(_ name: String) -> String {
        let scalars = Output.printable(name).unicodeScalars.map { scalar -> Unicode.Scalar in
            [0xFEFF, 0xFFFE, 0xFFFF].contains(scalar.value) ? "\u{FFFD}" : scalar
        }
        return String(String.UnicodeScalarView(scalars))
    }
}

extension Selection {
    fileprivate var json: JSONValue {
        switch self {
        case .all: .string("all")
        case .groups(let ids): .object([("groups", .array(ids.map(JSONValue.string)))])
        }
    }
}
