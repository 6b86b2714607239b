/// What a user's object holds, for who shows or passes it on.
extension UserObject {
    /// One member that two objects differ in.
    package struct Difference: Equatable, Sendable {
        package let property: String
        /// Nil where it is left out or null.
        package let old: JSONValue?
        package let new: JSONValue?
        /// The later object says nothing about it: it was not asked for any more.
        package let isLeftOut: Bool
    }

    /// Every member by its name, in the order in which they were sent; none of the protocol's own.
    package var values: [(property: String, value: JSONValue)] {
        members.map { (key($0), JSONValue(scanned: bytes.span, $0.value)) }.filter { !$0.0.hasPrefix("@") }
    }

    /// What this object says otherwise than an earlier one.
    package func differences(from before: UserObject) -> [Difference] {
        let gone = before.values.map(\.property).filter { value(of: $0) == nil }
        return (values.map(\.property) + gone).compactMap { property in
            let (old, new) = (before.member(property), member(property))
            return old == new
                ? nil : Difference(property: property, old: old, new: new, isLeftOut: value(of: property) == nil)
        }
    }

    /// The same user with nothing but the id and what some properties lead to.
    package func restricted(to paths: [PropertyPath]) -> JSONValue {
        var kept: [(key: String, value: JSONValue)] = []
        for root in Set(paths.map(\.root) + ["id"]).sorted() {
            guard let value = json(root) else { continue }
            kept.append((root, UserObject.part(of: value, paths.filter { $0.root == root })))
        }
        return .object(kept)
    }

    private func member(_ property: String) -> JSONValue? {
        let value = json(property)
        return value == .null ? nil : value
    }

    private static func part(of value: JSONValue, _ paths: [PropertyPath]) -> JSONValue {
        switch value {
        case .object(let members) where paths.allSatisfy({ $0.member != nil }):
            .object(members.filter { member in paths.contains { $0.member == member.key } })
        case .array(let elements) where paths.allSatisfy({ $0.index != nil }):
            .array(Array(elements.prefix((paths.compactMap(\.index).max() ?? 0) + 1)))
        case .null, .bool, .number, .string, .array, .object: value
        }
    }
}
