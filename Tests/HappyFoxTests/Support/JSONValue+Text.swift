import ContactSync

/// A value as it is written on the wire.
func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

/// The canonical text of a value, which is easier to read in a failure than its cases.
func text(_ value: JSONValue) -> String { String(decoding: CanonicalJSON(value).bytes, as: UTF8.self) }
