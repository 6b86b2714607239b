/// Whether a mapping can be saved at all: what can never work is refused before it makes every record fail.
package enum MappingCheck {
    /// Every fault of the mapping, in a fixed order.
    package static func faults(
        of mapping: Mapping, fields: [FieldDefinition], catalog: PropertyCatalog = .entra
    ) -> [MappingError] {
        var faults: [MappingError] = []
        func collect(_ check: () throws(MappingError) -> Void) {
            do throws(MappingError) { try check() } catch { faults.append(error) }
        }
        collect { () throws(MappingError) in try expectText("fields.email", mapping.email, catalog) }
        collect { () throws(MappingError) in try expectText("fields.name", mapping.name, catalog) }
        for (type, path) in mapping.orderedPhones {
            collect { () throws(MappingError) in try expectText("phones.\(type.rawValue)", path, catalog) }
        }
        for (name, path) in mapping.orderedCustomFields {
            collect { () throws(MappingError) in try expectFit(name, path, fields, catalog) }
        }
        return faults
    }

    private static func expectText(
        _ target: String, _ path: PropertyPath, _ catalog: PropertyCatalog
    ) throws(MappingError) {
        let type = try single(target, path, catalog)
        guard type == "text" || type == "directory extension" else {
            throw .notText(target: target, property: path.description, type: type)
        }
    }

    private static func expectFit(
        _ name: String, _ path: PropertyPath, _ fields: [FieldDefinition], _ catalog: PropertyCatalog
    ) throws(MappingError) {
        guard let field = fields.first(where: { $0.name == name }) else {
            throw .unknownField(name, known: fields.map(\.name))
        }
        guard field.type.isMappable else { throw .unsupportedFieldType(field: name, field.type) }
        let type = try single(name, path, catalog)
        guard canFit(type, field) else {
            throw .unfit(property: path.description, type: type, field: name, field.type)
        }
    }

    /// The plain name of a path's type, which must be that of one value.
    private static func single(
        _ target: String, _ path: PropertyPath, _ catalog: PropertyCatalog
    ) throws(MappingError) -> String {
        let type = PropertyCatalog.plainName(ofType: try catalog.mappedType(of: path))
        guard type != "collection", type != "object" else {
            throw .composite(
                target: target, property: path.description, type: type, part: catalog.mappablePart(of: path))
        }
        return type
    }

    /// Whether any value of the type could pass `Coercion`. Texts could: their values decide.
    private static func canFit(_ type: String, _ field: FieldDefinition) -> Bool {
        switch (field.type, type) {
        case (.number, "boolean"), (.number, "date and time"): false
        case (.dropdown, "boolean"): field.choices.contains("true") || field.choices.contains("false")
        default: true
        }
    }
}
