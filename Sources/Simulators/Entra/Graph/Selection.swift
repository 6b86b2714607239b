/// The properties a client asked for, in the order in which it named them.
struct Selection: Sendable, Equatable {
    let properties: [Property]
    /// False for the default set, which the context URL does not name.
    let isExplicit: Bool

    init(_ properties: [Property], isExplicit: Bool) {
        self.properties = properties
        self.isExplicit = isExplicit
    }

    /// Nil or an empty text is the default set.
    init(_ text: String?) throws {
        let names = (text ?? "").split(separator: ",").map { String($0.filter { $0 != " " }) }
        var properties: [Property] = []
        for name in names {
            guard let property = Property(named: name) else { throw GraphError.unknownProperty(name) }
            if !properties.contains(property) { properties.append(property) }
        }
        self.init(names.isEmpty ? Property.defaultSet : properties, isExplicit: !names.isEmpty)
    }

    var set: PropertySet { PropertySet(properties) }

    /// What follows `#users` in the context URL.
    var contextSuffix: String {
        isExplicit ? "(" + properties.map(\.name).joined(separator: ",") + ")" : ""
    }

    /// Delta always tells whose change it is.
    var withID: Selection {
        properties.contains(.id) ? self : Selection(properties + [.id], isExplicit: isExplicit)
    }
}
