/// The name of an Entra property as a mapping writes it: `department`, `businessPhones[0]`,
/// `onPremisesExtensionAttributes/extensionAttribute1`, or a directory extension.
package struct PropertyPath: Hashable, Sendable, CustomStringConvertible {
    package let description: String
    /// What `$select` must name for the property to be sent.
    package let root: String
    /// The element of a collection.
    package let index: Int?
    /// The member of a complex property.
    package let member: String?

    /// Takes the spelling apart; whether there is such a property is for the catalog to say. Nil for bad spelling.
    package init?(_ text: String) {
        var root = Substring(text)
        var index: Int?
        var member: String?
        if let slash = root.firstIndex(of: "/") {
            member = String(root[root.index(after: slash)...])
            root = root[..<slash]
        } else if root.last == "]", let bracket = root.firstIndex(of: "[") {
            let digits = root[root.index(after: bracket)...].dropLast()
            guard let number = Int(digits), (0..<100).contains(number), String(number) == digits else { return nil }
            index = number
            root = root[..<bracket]
        }
        guard PropertyPath.isName(root), member.map({ PropertyPath.isName($0[...]) }) ?? true else { return nil }
        self.description = text
        self.root = String(root)
        self.index = index
        self.member = member
    }

    /// What one user holds there.
    package func value(in user: UserObject) -> PropertyValue {
        if index == nil, member == nil { return user.scalar(root) ?? .empty }
        guard let json = user.json(root) else { return .empty }
        if let member { return PropertyValue(json[member]) }
        guard let index, let elements = json.array else { return PropertyValue(json) }
        return index < elements.count ? PropertyValue(elements[index]) : .empty
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.count <= 256
            && text.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
            }
    }
}

extension PropertyPath: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let path = PropertyPath(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "no property path: \(text)"))
        }
        self = path
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
