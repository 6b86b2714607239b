package import ContactSync

/// An event in the words of https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md, in
/// structured mode: the body is all of it.
package struct CloudEvent: Sendable {
    /// The same each time the message is sent, and nobody else's.
    package let id: String
    package let source: String
    package let type: String
    package let subject: String?
    /// RFC 3339.
    package let time: String
    package let data: JSONValue

    package init(id: String, source: String, type: String, subject: String?, time: String, data: JSONValue) {
        self.id = id
        self.source = source
        self.type = type
        self.subject = subject
        self.time = time
        self.data = data
    }

    package var bytes: [UInt8] {
        let members: [(key: String, value: JSONValue)] = [
            ("specversion", .string("1.0")), ("id", .string(id)), ("source", .string(source)), ("type", .string(type)),
            ("time", .string(time)), ("datacontenttype", .string("application/json")), ("data", data),
        ]
        return CanonicalJSON(.object(members + (subject.map { [("subject", .string($0))] } ?? []))).bytes
    }
}
