/// One entry of `phones`: with the id of a number it changes that number, without one it adds another. KB 1092.
struct PhoneChange: Sendable {
    var id: Int?
    var type: String?
    var number: String?
    var isPrimary = false

    /// KB 1092 has these five; there is none for fax.
    static let types: Set = ["mo", "w", "m", "h", "o"]

    /// Throws unless the entry is an object, its type is known, its number is a text and its id is the contact's.
    init(_ json: JSONValue, of contact: StoredContact?, resetsType: Bool) throws(ValueRefusal) {
        guard case .object = json else { throw ValueRefusal(message: "Enter a valid value.") }
        if let value = json["id"], value != .null {
            guard let number = value.wholeNumber, contact?.phones.contains(where: { $0.id == number }) == true else {
                throw ValueRefusal(message: ValueRefusal.choice)
            }
            id = number
        }
        if let value = json["type"] {
            guard let type = value.text, Self.types.contains(type) else {
                throw ValueRefusal(message: ValueRefusal.choice)
            }
            self.type = type
        } else if resetsType {
            type = "o"
        }
        number = try Self.number(json["number"], isNew: id == nil)
        isPrimary = json["is_primary"] == true
    }

    private static func number(_ json: JSONValue?, isNew: Bool) throws(ValueRefusal) -> String? {
        guard let json else {
            if isNew { throw ValueRefusal(message: "This field is required.") }
            return nil
        }
        guard let text = json.text else { throw ValueRefusal(message: "Enter a valid value.") }
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw ValueRefusal(message: "This field is required.")
        }
        return text
    }
}

extension StoredContact {
    /// The book gives new numbers their ids, so a new primary number is told by its place.
    mutating func apply(_ changes: [PhoneChange], lastPhoneID: Int) {
        var nextID = lastPhoneID
        for change in changes {
            let index: Int
            if let known = phones.firstIndex(where: { $0.id == change.id }) {
                index = known
            } else {
                nextID += 1
                phones.append(.init(id: nextID, number: ""))
                index = phones.endIndex - 1
            }
            if let type = change.type { phones[index].type = type }
            if let number = change.number { phones[index].number = number }
            if change.isPrimary { primaryPhone = phones[index].id }
        }
    }
}
