internal import FoundationEssentials

/// A body as JSON, however it was written: KB 1092 names JSON and form-urlencoded bodies. (It names multipart ones as well;
/// these matter for attachments of tickets.)
enum PostedBody {
    static func read(_ call: Call) throws(HappyFoxError) -> JSONValue {
        if call.header("Content-Type")?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true {
            return read(call.form)
        }
        guard let value = json(call.body) else { throw HappyFoxError(400, "JSON parse error") }
        return value
    }

    /// A name that comes more than once is a list; `phones` and a list of one choice are JSON within the form.
    private static func read(_ form: Fields) -> JSONValue {
        var members: [JSONValue.Member] = []
        for name in form.names where !members.contains(where: { $0.name == name }) {
            let values = form.all(name)
            let first = values.first ?? ""
            let isJSON = first.hasPrefix("[") || first.hasPrefix("{")
            let single = (isJSON ? json(Array(first.utf8)) : nil) ?? .string(first)
            members.append(.init(name, values.count > 1 ? .array(values.map(JSONValue.string)) : single))
        }
        return .object(members)
    }

    private static func json(_ bytes: [UInt8]) -> JSONValue? {
        try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    }
}
