internal import FoundationEssentials

/// The query of a redirect that came back from the sign-in service.
struct RedirectQuery {
    private let items: [URLQueryItem]

    /// - Parameter text: What stands behind the question mark, still encoded.
    init(_ text: String) {
        var parts = URLComponents()
        // A plus is a space in forms, which is what redirects are written as.
        parts.percentEncodedQuery = RedirectQuery.isValid(text) ? text.replacing("+", with: "%20") : nil
        items = parts.queryItems ?? []
    }

    subscript(name: String) -> String? { items.first { $0.name == name }?.value }

    /// Says why the sign-in service sent the browser back without what was asked for, if it did.
    ///
    /// - Throws: Where the state is not ours, that: whoever finds the port may send anything. Then the error that the
    ///   query names, before anything else in it is looked at.
    func check(state: String) throws(EntraError) {
        guard RedirectQuery.equal(self["state"] ?? "", state) else {
            throw EntraError(
                .unexpected, "the browser came back from another sign-in", hints: ["start the sign-in again"])
        }
        if let error = self["error"] { throw TokenFailure(redirect: error, self["error_description"]).entraError }
    }

    /// Takes as long for a good guess as for a bad one.
    private static func equal(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        return left.count == right.count && zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// URLComponents stops the process for a query that is not well encoded.
    private static func isValid(_ text: String) -> Bool {
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte > 0x20, byte < 0x7F, !"\"<>[\\]^`{|}#".utf8.contains(byte) else { return false }
            if byte != UInt8(ascii: "%") { continue }
            guard rest.count >= 2, rest.prefix(2).allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
                return false
            }
        }
        return true
    }
}
