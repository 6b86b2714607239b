/// One tenant's settings and the fields' definitions, in the form in which a million records are decided: the one
/// snapshot that a sync uses throughout.
package struct Rules: Sendable {
    package let email: PropertyPath
    package let name: PropertyPath
    package let phones: [(type: PhoneType, path: PropertyPath)]
    package let fields: [(definition: FieldDefinition, path: PropertyPath)]
    /// Required, and not mapped.
    package let requiredUnmapped: [String]
    package let overwrites: Bool

    /// A mapped field that is no longer defined is left out; `settings show` tells it.
    package init(settings: TenantSettings, fields definitions: [FieldDefinition]) {
        email = settings.mapping.email
        name = settings.mapping.name
        phones = settings.mapping.orderedPhones
        fields = settings.mapping.orderedCustomFields.compactMap { mapped in
            definitions.first { $0.name == mapped.name && $0.type.isMappable }.map { ($0, mapped.path) }
        }
        let mapped = Set(fields.map(\.definition.name))
        requiredUnmapped =
            definitions
            .filter { $0.isRequired && !mapped.contains($0.name) }
            .map(\.name).sorted(by: CanonicalJSON.precedes)
        overwrites = settings.overwriteCustomFields
    }

    /// Applies the mapping to one user, collecting every reason that the user alone gives to fail.
    package func draft(_ user: UserObject) -> Draft {
        var draft = Draft(shownEmail: "", phones: [], fields: [], reasons: [])
        mapEmail(user, &draft)
        mapName(user, &draft)
        for (type, path) in phones { mapPhone(type, path, user, &draft) }
        for (definition, path) in fields { mapField(definition, path, user, &draft) }
        draft.reasons = Reason.inOrder(draft.reasons)
        return draft
    }

    func mapEmail(_ user: UserObject, _ draft: inout Draft) {
        let value = email.value(in: user)
        draft.shownEmail = value.shown
        switch value {
        case .empty: draft.reasons.append(.emailMissing(property: email.description))
        case .text(let text) where EmailAddress.isValid(text): draft.email = text
        case .text, .boolean, .number, .composite:
            draft.reasons.append(.emailInvalid(property: email.description, value: value.shown))
        }
    }

    func mapName(_ user: UserObject, _ draft: inout Draft) {
        let value = name.value(in: user)
        switch value {
        case .empty: draft.reasons.append(.nameMissing(property: name.description))
        case .text(let text): draft.name = text
        case .boolean, .number, .composite:
            draft.reasons.append(Coercion.mismatch(value, of: name, field: "Name", fieldType: "text"))
        }
    }

    func mapPhone(_ type: PhoneType, _ path: PropertyPath, _ user: UserObject, _ draft: inout Draft) {
        let value = path.value(in: user)
        switch value {
        case .empty: draft.reasons.append(.phoneEmpty(type, property: path.description))
        case .text(let number): draft.phones.append((type, number))
        case .boolean, .number, .composite:
            draft.reasons.append(
                Coercion.mismatch(value, of: path, field: "\(type.rawValue) phone", fieldType: "phone"))
        }
    }

    func mapField(_ definition: FieldDefinition, _ path: PropertyPath, _ user: UserObject, _ draft: inout Draft) {
        let value = Coercion.value(path.value(in: user), of: path, for: definition, reasons: &draft.reasons)
        draft.fields.append((definition.name, path.description, value))
    }
}
