/// The properties of an Entra user with their types, as Graph v1.0 declares them.
///
/// The table is data: `properties/graph_user_properties.csv`, made from Microsoft's CSDL of 2026-08-20.
package struct PropertyCatalog: Sendable {
    package struct Property: Equatable, Sendable {
        package let name: String
        /// As the CSDL spells it, `Edm.String` for example.
        package let type: String
        /// Whether `$select` on a collection of users may name it; Graph answers 501 to the others.
        package let isReadableInCollections: Bool
        package let notes: String
    }

    package static let entra = PropertyCatalog(csv: PackageResources.graph_user_properties_csv)

    package let properties: [Property]

    /// The members of complex properties that can be mapped one by one, from the table's notes.
    package static let members: [String: [String]] = [
        "employeeOrgData": ["costCenter", "division"],
        "onPremisesExtensionAttributes": (1...15).map { "extensionAttribute\($0)" },
    ]

    init(csv: [UInt8]) {
        properties = CSV.rows(String(decoding: csv, as: UTF8.self)).dropFirst().compactMap { row in
            guard row.count >= 8, !row[0].contains("{") else { return nil }
            return Property(name: row[0], type: row[1], isReadableInCollections: row[5] != "no", notes: row[7])
        }
    }

    package subscript(name: String) -> Property? { properties.first { $0.name == name } }

    /// The type of what a path leads to, or why it cannot be mapped.
    package func type(of path: PropertyPath) throws(MappingError) -> String {
        if path.root.hasPrefix("extension_"), path.member == nil { return "directory extension" }
        guard let property = self[path.root] else {
            throw .unknownProperty(
                path.description, suggestion: EditDistance.nearest(to: path.root, in: properties.map(\.name)))
        }
        guard property.isReadableInCollections else { throw .unreadableProperty(path.description) }
        let isCollection = property.type.hasPrefix("Collection(")
        if let member = path.member {
            let members = PropertyCatalog.members[path.root] ?? []
            guard members.contains(member) else {
                let near = EditDistance.nearest(to: member, in: members).map { "\(path.root)/\($0)" }
                throw .unknownProperty(path.description, suggestion: near ?? part(of: path))
            }
            return "Edm.String"
        }
        if path.index != nil {
            guard isCollection else { throw .notACollection(path.description) }
            return String(property.type.dropFirst("Collection(".count).dropLast())
        }
        return property.type
    }

    /// What a reason calls the type: `Edm.String` is text to everybody but OData.
    package static func plainName(ofType type: String) -> String {
        switch type {
        case "Edm.String": "text"
        case "Edm.Boolean": "boolean"
        case "Edm.Int32", "Edm.Int64": "number"
        case "Edm.DateTimeOffset": "date and time"
        case _ where type.hasPrefix("Collection("): "collection"
        case _ where type.hasPrefix("graph."): "object"
        default: type
        }
    }

    /// How one value within a collection or an object is written; nil where there is none to map.
    package func part(of path: PropertyPath) -> String? {
        if let member = PropertyCatalog.members[path.root]?.first { return "\(path.root)/\(member)" }
        return self[path.root]?.type == "Collection(Edm.String)" ? "\(path.root)[0]" : nil
    }
}
