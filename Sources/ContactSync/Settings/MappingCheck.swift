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
        let type = try catalog.type(of: path)
        guard type == "Edm.String" || type == "directory extension" else {
            throw .notText(target: target, property: path.description, type: PropertyCatalog.plainName(ofType: type))
        }
    }

    private static func expectFit(
        _ name: String, _ path: PropertyPath, _ fields: [FieldDefinition], _ catalog: PropertyCatalog
    ) throws(MappingError) {
        guard let field = fields.first(where: { $0.name == name }) else {
            throw .unknownField(name, known: fields.map(\.name))
        }
        guard field.type.isMappable else { throw .unsupportedFieldType(field: name, field.type) }
        let type = PropertyCatalog.plainName(ofType: try catalog.type(of: path))
        guard type != "collection", type != "object" else {
            throw .composite(field: name, property: path.description, type: type)
        }
    }
}
