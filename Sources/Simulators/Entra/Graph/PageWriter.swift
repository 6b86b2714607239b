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

    /// In a list a property without a value is null; in delta one that was never set is left out.
    mutating func append(_ user: User, _ properties: [Property], omittingUnset: Bool) {
        begin()
        json.write(user, properties, omittingUnset: omittingUnset)
        json.raw("}")
    }

    mutating func appendRemoved(_ user: User) {
        begin()
        json.raw("\"id\":")
        json.write(user.id)
        json.raw(
            user.lifecycle == .gone
                ? ",\"@removed\":{\"reason\":\"deleted\"}}" : ",\"@removed\":{\"reason\":\"changed\"}}")
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
    mutating func write(_ user: User, _ properties: [Property], omittingUnset: Bool) {
        var isFirst = true
        for property in properties {
            let value = user.value(of: property)
            if omittingUnset, value == .null, user.wasNeverSet(property) { continue }
            if !isFirst { raw(",") }
            isFirst = false
            raw(property.key)
            write(value)
        }
    }
}
