/// A JSON value. What a tenant's property holds, what a PATCH carries and what tests compare are all this.
package enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    /// Members in the order in which they are written.
    case object([Member])

    /// One name and value of an object.
    package struct Member: Sendable, Equatable {
        package let name: String
        package let value: JSONValue

        /// Pairs a name with its value.
        package init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The value of an object's member; nil for a missing member or another kind of value.
    package subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text of a string value.
    package var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// A string, or null for nil.
    static func optional(_ text: String?) -> JSONValue {
        text.map { .string($0) } ?? .null
    }
}
