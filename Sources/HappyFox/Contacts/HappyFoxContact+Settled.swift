package import ContactSync

extension HappyFoxContact {
    /// Whether a write of which no answer came has been carried out, as far as the contact tells.
    package func holds(_ write: ContactWriteRequested, _ fields: [FieldDefinition]) -> Bool {
        switch write {
        case .create(let asked):
            let contact = contact(fields, known: asked)
            return has(asked.email) && words(contact.name) == words(asked.name)
                && asked.phones.allSatisfy { isSame(contact.phones[$0.key], $0.value) }
                && asked.customFields.allSatisfy { contact.customFields[$0.key]?.shown == $0.value.shown }
        case .update(let update): return update.changes.allSatisfy { holds($0, fields) }
        }
    }

    private func holds(_ change: ContactChange, _ fields: [FieldDefinition]) -> Bool {
        switch change.field {
        case .email: return has(change.new?.shown ?? "")
        case .name: return words(name) == words(change.new?.shown ?? "")
        case .phone(let type):
            guard let number = change.new?.shown else { return true }
            return phones.contains { $0.code == type.code && isSame($0.number, number) }
        case .custom(let name): return contact(fields).customFields[name]?.shown == change.new?.shown
        }
    }

    /// Help desks may tidy the blanks of a name.
    private func words(_ text: String) -> [Substring] { text.split { $0.isWhitespace } }

    /// Help desks may write a number in their own way.
    func isSame(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right else { return false }
        let digits = left.filter(\.isNumber)
        return left == right || (!digits.isEmpty && digits == right.filter(\.isNumber))
    }
}
