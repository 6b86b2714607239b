package import ContactSync

/// One record with everything that it was decided upon, in a file of its own: whoever has it can decide again.
///
/// The file is one JSON object. `kind` and `version` tell what it is; `engineVersion` is that of the deciding code;
/// `settings`, `fields` and `user` are what the rules read, `standing` is what was known of the contacts concerned;
/// `recorded` is the event that the decision came to and `answer` what a help desk elsewhere made of it.
package struct RecordBundle: Sendable {
    package static let kind = "foxtrail-record"
    package static let version = 1
    /// A larger file is no bundle: one record has no more than this.
    package static let maximumBytes = 1 << 20

    package let engine: Int
    package let tenant: TenantID
    package let mapping: Mapping
    package let overwrites: Bool
    /// Those that take part in the decision.
    package let fields: [FieldDefinition]
    /// The id and the mapped properties.
    package let user: JSONValue
    package let standing: Standing
    package let recorded: Event
    package let answer: Event?

    init(
        engine: Int, tenant: TenantID, mapping: Mapping, overwrites: Bool, fields: [FieldDefinition], user: JSONValue,
        standing: Standing, recorded: Event, answer: Event?
    ) {
        (self.engine, self.tenant, self.mapping, self.overwrites) = (engine, tenant, mapping, overwrites)
        (self.fields, self.user, self.standing) = (fields, user, standing)
        (self.recorded, self.answer) = (recorded, answer)
    }

    /// Nothing is taken along that the decision does not depend on.
    package init(_ inputs: DecisionInputs, recorded: Event, answer: Event?) {
        let mapping = inputs.settings.mapping
        self.init(
            engine: inputs.engine, tenant: inputs.key.tenant, mapping: mapping,
            overwrites: inputs.settings.overwriteCustomFields,
            fields: inputs.fields.filter { mapping.customFields[$0.name] != nil || $0.isRequired }.map(\.bare),
            user: inputs.user.restricted(to: mapping.paths), standing: inputs.standing, recorded: recorded,
            answer: answer)
    }

    var rules: Rules {
        Rules(settings: TenantSettings(mapping: mapping, overwriteCustomFields: overwrites), fields: fields)
    }

    /// Decides again, and compares with what is recorded.
    package func verdict() throws -> BundleVerdict {
        guard let before = Decision(recorded: recorded) else { throw BundleError.notABundle("it records no decision") }
        let (rules, object) = (rules, try UserObject(CanonicalJSON(user).bytes))
        let draft = rules.draft(object)
        let decided = rules.decide(draft, standing)
        var isSame = decided == before
        // The report's e-mail column of a failed record is decided too.
        if case .contactFailed(let failed) = recorded { isSame = isSame && failed.email == draft.shownEmail }
        return BundleVerdict(recorded: before, decided: decided, isSame: isSame)
    }
}

/// What deciding a bundle again came to.
package struct BundleVerdict: Equatable, Sendable {
    package let recorded: Decision
    package let decided: Decision
    package let isSame: Bool
}

package enum BundleError: Error, Equatable {
    /// And why.
    case notABundle(String)
    case newer(version: Int64)
    /// Whatever letters are taken, the redacted record would be decided otherwise, or still hold a value.
    case cannotRedact
}

extension Mapping {
    var paths: [PropertyPath] {
        [email, name] + phones.sorted { $0.key < $1.key }.map(\.value)
            + customFields.sorted { CanonicalJSON.precedes($0.key, $1.key) }.map(\.value)
    }
}

extension FieldDefinition {
    /// Without the numbers that a help desk knows it by.
    fileprivate var bare: FieldDefinition {
        FieldDefinition(name: name, type: type, isRequired: isRequired, choices: choices)
    }
}
