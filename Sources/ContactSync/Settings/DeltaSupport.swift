/// Properties that a list of users gives and delta rounds refuse: to map one costs a full read at every sync.
extension PropertyCatalog {
    private static let refusedByDelta: Set = Set(
        CSV.rows(String(decoding: PackageResources.graph_user_properties_csv, as: UTF8.self)).dropFirst()
            .filter { $0.count >= 8 && $0[3].hasPrefix("no") && $0[5] != "no" }.map { $0[0] })

    /// The times of the last sign-ins (learn.microsoft.com/graph/api/resources/signinactivity). Unlike the members of
    /// other objects they are no texts.
    package static let signInTimes = [
        "lastSignInDateTime", "lastNonInteractiveSignInDateTime", "lastSuccessfulSignInDateTime",
    ]

    package static func isRefusedByDelta(_ property: String) -> Bool { refusedByDelta.contains(property) }

    /// The type of what a path leads to, the times within `signInActivity` included.
    func mappedType(of path: PropertyPath) throws(MappingError) -> String {
        guard path.root == "signInActivity", let member = path.member else { return try type(of: path) }
        guard PropertyCatalog.signInTimes.contains(member) else {
            let near = EditDistance.nearest(to: member, in: PropertyCatalog.signInTimes)
            throw .unknownProperty(path.description, suggestion: near.map { "signInActivity/\($0)" })
        }
        return "Edm.DateTimeOffset"
    }

    /// As `part(of:)`, the times within `signInActivity` included.
    func mappablePart(of path: PropertyPath) -> String? {
        path.root == "signInActivity" ? "signInActivity/\(PropertyCatalog.signInTimes[0])" : part(of: path)
    }
}

extension Mapping {
    /// What is mapped although delta rounds refuse it, in a fixed order.
    package var refusedByDelta: [String] {
        selectedProperties.filter { PropertyCatalog.isRefusedByDelta($0) }
    }
}
