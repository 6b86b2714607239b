import ContactSync

/// Tests map properties that certainly exist, so a path may be written as a text.
extension PropertyPath: ExpressibleByStringLiteral {
    /// The path with that spelling.
    public init(stringLiteral text: String) {
        guard let path = PropertyPath(text) else { preconditionFailure("no property path: \(text)") }
        self = path
    }
}
