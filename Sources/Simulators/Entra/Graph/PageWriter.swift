/// Writes a collection of users: context, link, objects.
struct PageWriter {
    private var json: JSONWriter
    private var isFirst = true

    /// `links` are members such as `@odata.nextLink`, with their values.
    init(context: String, links: [(name: String, value: JSONValue)], expecting count: Int) {
        json = JSONWriter(capacity: 512 + count * 512)
        json.raw("{\"@odata.context\":")
        json.write(context)
        for link in links {
            json.raw(",")
            json.write(link.name)
            json.raw(":")
            json.write(link.value)
        }
        json.raw(",\"value\":[")
    }

    mutating func append(_ user: User, _ properties: [Property], _ nulls: Nulls) {
        begin()
        json.write(user, properties, nulls)
        json.raw("}")
    }

    mutating func appendRemoved(_ id: String, isGone: Bool) {
        begin()
        json.raw("\"id\":")
        json.write(id)
        json.raw(
            isGone
                ? ",\"@removed\":{\"reason\":\"deleted\"}}" : ",\"@removed\":{\"reason\":\"changed\"}}")
    }

    /// An object of another kind; `members` writes what stands between the braces.
    mutating func append(_ members: (inout JSONWriter) -> Void) {
        begin()
        members(&json)
        json.raw("}")
    }

    consuming func finish() -> [UInt8] {
        json.raw("]}")
        return json.bytes
    }

    private mutating func begin() {
        json.raw(isFirst ? "{" : ",{")
        isFirst = false
    }
}

extension JSONWriter {
    /// The members of a user, without the braces.
    mutating func write(_ user: User, _ properties: [Property], _ nulls: Nulls) {
        var isFirst = true
        for property in properties {
            let value = user.value(of: property)
            if case .null = value, nulls != .written, nulls == .omitted || user.wasNeverSet(property) { continue }
            if !isFirst { raw(",") }
            isFirst = false
            raw(property.key)
            write(value)
        }
    }
}
