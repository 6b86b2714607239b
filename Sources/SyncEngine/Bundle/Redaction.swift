import ContactSync
import FoundationEssentials

/// Goes through a bundle, value by value.
struct Redaction {
    private let original: RecordBundle
    private(set) var redact: Redactor

    init(_ bundle: RecordBundle) {
        original = bundle
        redact = Redactor(keeping: bundle.fields.flatMap(\.choices), named: bundle.fields.map(\.name))
    }

    mutating func bundle() throws -> RecordBundle {
        let tenant = TenantID(rawValue: pseudonym(original.tenant.rawValue))
        if let id = original.user["id"]?.string { _ = pseudonym(id) }
        let user = try value(original.user)
        try aliasShown(user)
        return RecordBundle(
            engine: original.engine, tenant: tenant, mapping: original.mapping, overwrites: original.overwrites,
            fields: original.fields, user: user, standing: try standing(original.standing),
            recorded: try event(original.recorded), answer: try original.answer.map { try event($0) })
    }

    /// Reasons show values cut to a length, and objects as text.
    private mutating func aliasShown(_ user: JSONValue) throws {
        let (before, after) = (
            try UserObject(CanonicalJSON(original.user).bytes), try UserObject(CanonicalJSON(user).bytes)
        )
        for path in original.mapping.paths {
            let (old, new) = (path.value(in: before), path.value(in: after))
            if case .text(let text) = old, old.shown == text { continue }
            if case .boolean = old { continue }
            if !old.shown.isEmpty, !redact.isKnown(old.shown) { redact.alias(old.shown, new.shown) }
        }
    }

    private mutating func value(_ json: JSONValue) throws -> JSONValue {
        switch json {
        case .null, .bool: return json
        case .number(let text): return .number(try redact(text))
        case .string(let text): return .string(try redact(text))
        case .array(let elements): return .array(try elements.map { try value($0) })
        case .object(let members): return .object(try members.map { ($0.key, try value($0.value)) })
        }
    }

    private mutating func pseudonym(_ id: String) -> String {
        if !redact.isKnown(id) { redact.alias(id, UUID().uuidString.lowercased()) }
        return (try? redact(id)) ?? id
    }

    private mutating func key(_ key: UserKey) -> UserKey {
        UserKey(tenant: TenantID(rawValue: pseudonym(key.tenant.rawValue)), objectID: pseudonym(key.objectID))
    }

    private mutating func standing(_ standing: Standing) throws -> Standing {
        var other = Standing(
            linked: try standing.linked.map { try contact($0) }, earlier: standing.earlier.map { key($0) },
            claimant: standing.claimant.map { key($0) })
        if let (same, holder) = standing.sameEmail { other.sameEmail = (try contact(same), self.holder(holder)) }
        return other
    }

    private mutating func holder(_ holder: Standing.Holder) -> Standing.Holder {
        switch holder {
        case .nobody: .nobody
        case .user(let user): .user(key(user))
        case .leaving(let user): .leaving(key(user))
        case .removed(let user): .removed(key(user))
        }
    }

    /// What no rule reads is left out.
    private mutating func contact(_ contact: Contact) throws -> Contact {
        let fields = Set(original.fields.map(\.name))
        return try whole(
            Contact(
                id: contact.id, email: contact.email, name: contact.name,
                phones: contact.phones.filter { original.mapping.phones[$0.key] != nil },
                customFields: contact.customFields.filter { fields.contains($0.key) }))
    }

    private mutating func whole(_ contact: Contact) throws -> Contact {
        var other = Contact(id: contact.id, email: try redact(contact.email), name: try redact(contact.name))
        for (type, number) in contact.phones { other.phones[type] = try redact(number) }
        for (name, value) in contact.customFields { other.customFields[name] = try self.value(value) }
        return other
    }

    private mutating func value(_ value: FieldValue) throws -> FieldValue {
        switch value {
        case .text(let text): .text(try redact(text))
        case .number(let text): .number(try redact(text))
        }
    }

    private mutating func event(_ event: Event) throws -> Event {
        switch event {
        case .contactCreated(let created): .contactCreated(.init(contact: try whole(created.contact)))
        case .contactWriteRequested(.create(let contact)): .contactWriteRequested(.create(try whole(contact)))
        case .contactUpdated(let update): .contactUpdated(try self.update(update))
        case .contactWriteRequested(.update(let update)): .contactWriteRequested(.update(try self.update(update)))
        case .contactFailed(let failed):
            .contactFailed(
                .init(
                    contact: failed.contact, email: try redact(failed.email),
                    reasons: try failed.reasons.map { try reason($0) }))
        default: throw BundleError.notABundle("it records no decision")
        }
    }

    private mutating func update(_ update: ContactUpdated) throws -> ContactUpdated {
        ContactUpdated(
            contact: update.contact, adopts: update.adopts,
            changes: try update.changes.map {
                ContactChange($0.field, old: try $0.old.map { try value($0) }, new: try $0.new.map { try value($0) })
            })
    }

    private mutating func reason(_ reason: Reason) throws -> Reason {
        switch reason {
        case .emailMissing, .nameMissing, .phoneEmpty, .requiredEmpty, .emailTaken: reason
        case .emailInvalid(let property, let value): .emailInvalid(property: property, value: try redact(value))
        case .mismatch(let property, let type, let value, let field, let fieldType):
            .mismatch(property: property, type: type, value: try redact(value), field: field, fieldType: fieldType)
        case .notAChoice(let property, let value, let field, let choices):
            .notAChoice(property: property, value: try redact(value), field: field, choices: choices)
        case .sameEmail(let user): .sameEmail(as: key(user))
        case .refused(let desk, let words): .refused(by: desk, words: try redact.scrub(words))
        }
    }
}
