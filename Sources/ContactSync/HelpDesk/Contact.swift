/// A contact's number in the help desk.
package struct ContactID: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
    package var description: String { String(rawValue) }
    /// Of a contact that the help desk has yet to number.
    package static let unassigned = ContactID(rawValue: 0)
}

/// A help-desk contact, as far as the sync knows it.
package struct Contact: Equatable, Sendable {
    package let id: ContactID
    package var email: String
    package var name: String
    package var phones: [PhoneType: String]
    package var customFields: [String: FieldValue]

    package init(
        id: ContactID, email: String, name: String,
        phones: [PhoneType: String] = [:], customFields: [String: FieldValue] = [:]
    ) {
        self.id = id
        self.email = email
        self.name = name
        self.phones = phones
        self.customFields = customFields
    }

    /// The same contact with the number that the help desk gave it.
    package func numbered(_ id: ContactID) -> Contact {
        Contact(id: id, email: email, name: name, phones: phones, customFields: customFields)
    }

    package mutating func apply(_ change: ContactChange) {
        switch change.field {
        case .email: if case .text(let email)? = change.new { self.email = email }
        case .name: if case .text(let name)? = change.new { self.name = name }
        case .phone(let type): phones[type] = change.new?.shown
        case .custom(let name): customFields[name] = change.new
        }
    }
}

/// The kinds of phone a contact can have (HappyFox, KB 1092: w, mo, m, h, o), in the order in which they are shown.
package enum PhoneType: String, Codable, CaseIterable, Comparable, Sendable {
    case work, mobile, main, home, other

    package static func < (left: PhoneType, right: PhoneType) -> Bool { left.rawValue < right.rawValue }
}

/// A part of a contact that a sync may write.
package enum ContactField: Hashable, Sendable {
    case email, name
    case phone(PhoneType)
    case custom(String)
}

/// One part of a contact that a sync changed, with what it held before.
package struct ContactChange: Equatable, Sendable {
    package let field: ContactField
    package let old: FieldValue?
    package let new: FieldValue?

    package init(_ field: ContactField, old: FieldValue?, new: FieldValue?) {
        self.field = field
        self.old = old
        self.new = new
    }
}
