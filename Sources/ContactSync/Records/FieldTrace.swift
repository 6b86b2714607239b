/// How one part of a contact came about: what the user holds, the rule for it, and what that came to.
package struct FieldTrace: Equatable, Sendable {
    package enum Rule: Equatable, Sendable {
        /// The e-mail: an address, and the contact's follows it.
        case address
        /// The name, which the contact's follows.
        case name
        /// A phone: not empty, and the contact's follows it.
        case phone
        /// A custom field: the value fits the type, and takes the place of the contact's own.
        case overwrites(FieldDefinition)
        /// A custom field: the value fits the type, and is taken where the contact has none.
        case fillsEmpty(FieldDefinition)
        /// Required and not mapped: the contact has to have a value.
        case hasToBeThere
    }

    package enum Result: Equatable, Sendable {
        case written(FieldValue)
        /// The contact holds it already.
        case unchanged
        case cleared
        /// The contact's own value stays.
        case kept
        case leftEmpty
        case failed([Reason])
    }

    package let field: ContactField
    /// Nil where nothing is mapped.
    package let property: PropertyPath?
    package let value: PropertyValue
    package let rule: Rule
    package let result: Result
    /// What the contact held before.
    package let old: FieldValue?
}

extension Rules {
    /// How each part of a record comes about on a contact, in the order of the rules: nil for a user without one.
    ///
    /// For who asks why; `decide` tells what is done. Both map and fill by the same functions.
    package func trace(_ user: UserObject, _ contact: Contact?) -> [FieldTrace] {
        let head = [
            trace(.email, email, .address, user, contact) { mapEmail(user, &$0) },
            trace(.name, name, .name, user, contact) { mapName(user, &$0) },
        ]
        let calls = phones.map { type, path in
            trace(.phone(type), path, .phone, user, contact) { mapPhone(type, path, user, &$0) }
        }
        let customs = fields.map { definition, path in
            trace(
                .custom(definition.name), path, overwrites ? .overwrites(definition) : .fillsEmpty(definition), user,
                contact
            ) { mapField(definition, path, user, &$0) }
        }
        return head + calls + customs + requiredUnmapped.map { unmapped($0, contact) }
    }

    /// The contact that a record is decided against: the linked one, or the one that it would take over.
    package func contact(in standing: Standing) -> Contact? { standing.linked ?? adoptable(standing) }

    private func trace(
        _ field: ContactField, _ path: PropertyPath, _ rule: FieldTrace.Rule, _ user: UserObject, _ contact: Contact?,
        _ map: (inout Draft) -> Void
    ) -> FieldTrace {
        var draft = Draft(shownEmail: "", phones: [], fields: [], reasons: [])
        map(&draft)
        let old = contact?[field]
        return FieldTrace(
            field: field, property: path, value: path.value(in: user), rule: rule, result: result(of: draft, over: old),
            old: old)
    }

    /// What a draft of one part only comes to.
    private func result(of draft: Draft, over old: FieldValue?) -> FieldTrace.Result {
        guard draft.reasons.isEmpty else { return .failed(draft.reasons) }
        let text = draft.email ?? draft.name ?? draft.phones.first?.number
        let part = text.map { FieldFill.set(.text($0)) } ?? draft.fields.first.map { fill($0.value, over: old) }
        switch part ?? .keep {
        case .set(let value): return value == old ? .unchanged : .written(value)
        case .clear: return old == nil ? .leftEmpty : .cleared
        case .keep: return old == nil ? .leftEmpty : .kept
        }
    }

    private func unmapped(_ field: String, _ contact: Contact?) -> FieldTrace {
        let reasons = isLacking(field, contact) ? [Reason.requiredEmpty(field: field, property: nil)] : []
        return FieldTrace(
            field: .custom(field), property: nil, value: .empty, rule: .hasToBeThere,
            result: reasons.isEmpty ? .kept : .failed(reasons), old: contact?.customFields[field])
    }
}

extension Contact {
    /// What the contact holds of one part; nil where it holds nothing.
    package subscript(field: ContactField) -> FieldValue? {
        switch field {
        case .email: .text(email)
        case .name: .text(name)
        case .phone(let type): phones[type].map { .text($0) }
        case .custom(let name): customFields[name]
        }
    }
}
