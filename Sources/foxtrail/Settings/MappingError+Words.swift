import ContactSync

extension MappingError {
    var message: String {
        switch self {
        case .unknownProperty(let property, _): "unknown Entra ID property \(property)"
        case .unreadableProperty(let property): "\(property) cannot be read for many users at once: Graph refuses it"
        case .notACollection(let property): "\(property): the property is no collection"
        case .notText(let target, let property, let type): "\(target) needs text, but \(property) is a \(type)"
        case .composite(let target, let property, let type, _):
            "the mapping of \(target) needs one value, but \(property) is \(type == "object" ? "an" : "a") \(type)"
        case .unfit(let property, let type, let field, let fieldType):
            "\(property) is a \(type), which never fits \(field), a \(fieldType.plainName) field"
        case .unknownField(let field, _): "there is no custom field \(field)"
        case .unsupportedFieldType(let field, let type):
            "the field \(field) is a \(type.plainName) field, which cannot be mapped"
        }
    }

    /// - Parameter desk: Where the fields are defined.
    func hint(on desk: HelpDesk) -> String {
        switch self {
        case .unknownProperty(_, let suggestion?): "did you mean \(suggestion)?"
        case .unknownProperty(_, nil), .unreadableProperty, .notACollection, .notText:
            "foxtrail settings attributes lists the properties"
        case .composite(_, _, _, let part?): "name one of its values, such as \(part)"
        case .composite(_, let property, _, nil): "no part of \(property) can be mapped; map another property"
        case .unfit(_, _, _, .dropdown): "a dropdown for it needs the choices true and false"
        case .unfit(let property, _, _, _): "map \(property) to a text field"
        case .unknownField(_, let known):
            [
                known.isEmpty ? nil : "the fields are \(known.joined(separator: ", "))",
                desk.isRemote
                    ? "foxtrail field pull reads HappyFox's fields"
                    : known.isEmpty ? "foxtrail field add defines one" : nil,
            ].compactMap(\.self).joined(separator: "; ")
        case .unsupportedFieldType: "text, number and dropdown fields can be mapped"
        }
    }

    /// What to do where the mapping was saved before this came true.
    func advice(on desk: HelpDesk) -> String {
        switch self {
        case .unknownField(let field, _):
            "foxtrail settings set \"customFields.\(field)\" none, or define it again "
                + (desk.isRemote ? "in HappyFox and run foxtrail field pull" : "with foxtrail field add")
        default: hint(on: desk)
        }
    }
}
