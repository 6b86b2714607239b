/// What is known of the contacts that a record could concern.
package struct Standing: Equatable, Sendable {
    package enum Holder: Equatable, Sendable {
        /// No user is linked to the contact.
        case nobody
        case user(UserKey)
        /// Its user waits for another address, and so do all between that one and the deciding user's own: a ring, in
        /// which somebody has to move first.
        case leaving(UserKey)
        /// A user who is gone from Entra ID, and with whom the claim has gone.
        case removed(UserKey)
    }

    /// The contact that the user is linked to.
    package var linked: Contact?
    /// The contact that has the draft's e-mail, when it is another than the linked one.
    package var sameEmail: (contact: Contact, holder: Holder)?
    /// Another user with the draft's e-mail, fetched earlier, who has failed and so has no contact with it.
    package var earlier: UserKey?
    /// Another user for whom a contact with the draft's e-mail has been asked for, of which nothing is known yet.
    package var claimant: UserKey?

    package init(
        linked: Contact? = nil, sameEmail: (contact: Contact, holder: Holder)? = nil, earlier: UserKey? = nil,
        claimant: UserKey? = nil
    ) {
        self.linked = linked
        self.sameEmail = sameEmail
        self.earlier = earlier
        self.claimant = claimant
    }

    package static func == (left: Standing, right: Standing) -> Bool {
        left.linked == right.linked && left.sameEmail?.contact == right.sameEmail?.contact
            && left.sameEmail?.holder == right.sameEmail?.holder && left.earlier == right.earlier
            && left.claimant == right.claimant
    }
}

/// What is to be done about one record.
package enum Decision: Equatable, Sendable {
    case create(email: String, name: String, phones: [PhoneType: String], customFields: [String: FieldValue])
    /// No changes means that the contact is as it should be. `adopts` links the user to a contact that was there.
    case update(ContactID, changes: [ContactChange], adopts: Bool)
    /// All reasons, in the order of the rules.
    case fail(existing: ContactID?, reasons: [Reason])
}

extension Rules {
    /// Decides one record: a pure function of the user (as drafted), the settings, the fields and the contacts.
    package func decide(_ draft: Draft, _ standing: Standing) -> Decision {
        let contact = standing.linked ?? adoptable(standing)
        var reasons = draft.reasons
        for field in requiredUnmapped where isLacking(field, contact) {
            reasons.append(.requiredEmpty(field: field, property: nil))
        }
        if let collision = collision(standing, hasFailed: !reasons.isEmpty) { reasons.append(collision) }
        guard reasons.isEmpty, let email = draft.email, let name = draft.name else {
            return .fail(existing: contact?.id, reasons: reasons)
        }
        if let contact {
            return .update(
                contact.id, changes: changes(of: contact, email: email, name: name, draft),
                adopts: standing.linked == nil)
        }
        return .create(
            email: email, name: name,
            phones: Dictionary(draft.phones.map { ($0.type, $0.number) }, uniquingKeysWith: { first, _ in first }),
            customFields: Dictionary(
                draft.fields.compactMap { field in
                    if case .value(let value) = field.value { (field.name, value) } else { nil }
                }, uniquingKeysWith: { first, _ in first }))
    }

    /// A contact with the user's address that no living user holds becomes the user's own.
    func adoptable(_ standing: Standing) -> Contact? {
        guard let (contact, holder) = standing.sameEmail else { return nil }
        switch holder {
        case .nobody, .removed: return contact
        case .user, .leaving: return nil
        }
    }

    /// Who failed without a contact keeps nobody else from one, but is named by who fails later with the same address.
    private func collision(_ standing: Standing, hasFailed: Bool) -> Reason? {
        if let claimant = standing.claimant { return .sameEmail(as: claimant) }
        guard let (contact, holder) = standing.sameEmail else {
            return hasFailed ? standing.earlier.map { .sameEmail(as: $0) } : nil
        }
        switch holder {
        case .user(let other): return .sameEmail(as: other)
        case .leaving(let other): return standing.linked == nil || hasFailed ? .sameEmail(as: other) : nil
        case .nobody, .removed: return standing.linked == nil ? nil : .emailTaken(by: contact.id)
        }
    }

    private func changes(of contact: Contact, email: String, name: String, _ draft: Draft) -> [ContactChange] {
        var changes: [ContactChange] = []
        func set(_ field: ContactField, _ old: FieldValue?, _ new: FieldValue?) {
            if old != new { changes.append(ContactChange(field, old: old, new: new)) }
        }
        set(.email, .text(contact.email), .text(email))
        set(.name, .text(contact.name), .text(name))
        for (type, number) in draft.phones {
            set(.phone(type), contact.phones[type].map { .text($0) }, .text(number))
        }
        for field in draft.fields {
            let old = contact.customFields[field.name]
            switch fill(field.value, over: old) {
            case .set(let value): set(.custom(field.name), old, value)
            case .clear: set(.custom(field.name), old, nil)
            case .keep: break
            }
        }
        return changes
    }

    /// Whether a required field that is not mapped is empty on the contact, as it always is on a new one.
    func isLacking(_ field: String, _ contact: Contact?) -> Bool { contact?.customFields[field] == nil }

    /// What a custom field's draft does to the value that the contact has.
    func fill(_ field: Draft.Field, over old: FieldValue?) -> FieldFill {
        switch field {
        case .value(let value) where overwrites || old == nil: .set(value)
        case .empty where overwrites: .clear
        case .value, .empty, .unfit: .keep
        }
    }
}

/// What becomes of a custom field.
enum FieldFill: Equatable {
    case set(FieldValue)
    case clear
    case keep
}
