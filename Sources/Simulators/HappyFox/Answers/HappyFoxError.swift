/// One field of a refused body, and what is wrong with it. KB 1092.
struct FieldError: Sendable {
    let field: String
    let messages: [String]

    init(_ field: String, _ message: String) {
        self.field = field
        messages = [message]
    }

    /// The sentence for built-in fields; that for custom fields has no full stop.
    static func required(_ field: String) -> FieldError { FieldError(field, "This field is required.") }
    static func requiredCustom(_ field: HappyFoxField) -> FieldError {
        FieldError(field.key, "This field is required")
    }

    var json: JSONValue { ["field": .string(field), "errors": .array(messages.map(JSONValue.string))] }
}

/// Why a contact was not written.
struct ValidationError: Error {
    var errors: [FieldError]

    func json(_ shape: HappyFoxSimulator.ErrorShape) -> JSONValue {
        switch shape {
        case .list: .array(errors.map(\.json))
        case .object: .object(errors.map { .init($0.field, .array($0.messages.map(JSONValue.string))) })
        case .text:
            .string(errors.map { "\($0.field): \($0.messages.joined(separator: " "))" }.joined(separator: "\n"))
        }
    }
}

/// An answer that refuses a request as a whole.
struct HappyFoxError: Error {
    let status: Int
    let body: JSONValue
    var headers: [(name: String, value: String)] = []

    init(_ status: Int, _ message: String, headers: [(name: String, value: String)] = []) {
        self.init(status, body: ["error": .string(message)], headers: headers)
    }

    init(_ status: Int, body: JSONValue, headers: [(name: String, value: String)] = []) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    var reply: Reply {
        headers.reduce(.json(body, status: status)) { $0.with($1.name, $1.value) }
    }
}
