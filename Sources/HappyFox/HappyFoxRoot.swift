internal import HTTP

/// An account's address and what lets us in.
package struct HappyFoxRoot: Sendable, Hashable {
    /// Such as `https://acme.happyfox.com`, without a trailing slash.
    package let url: String

    /// - Throws: A `HappyFoxError` that says what is wrong with the address.
    package init(_ text: String) throws(HappyFoxError) {
        var root = text[...]
        while root.last == "/" { root.removeLast() }
        // What is copied from the API's documentation.
        for tail in ["/api/1.1/json", "/api/1.1", "/staff"] where root.hasSuffix(tail) { root.removeLast(tail.count) }
        guard let origin = WebOrigin(String(root)), origin.description == root.lowercased() else {
            // An address with an @ may hold a key, which is not repeated.
            let shown = text.contains("@") ? "this" : text
            throw HappyFoxError(
                .unexpected, "\(shown) is not the address of a HappyFox account",
                hints: ["write it like https://acme.happyfox.com"])
        }
        // A POST over plain http is taken for a GET (KB 1092).
        guard origin.scheme == "https" || origin.isLoopback else {
            throw HappyFoxError(
                .unexpected, "the address of HappyFox must begin with https://: \(root)",
                hints: ["http is for this machine only (localhost, 127.0.0.1, ::1)"])
        }
        url = root.lowercased()
    }

    func address(_ path: String) -> String { "\(url)/api/1.1/json/\(path)" }
}

/// What a request is let in with: HTTP Basic with the key as user name and the auth code as password (KB 1092).
package struct HappyFoxKey: Sendable, CustomStringConvertible, CustomReflectable {
    let authorization: String
    /// What no text may hold that people see or the journal keeps.
    private let secrets: [String]

    /// - Parameter text: `key:authcode`.
    /// - Throws: A `HappyFoxError` where the text is not that; it does not repeat the text.
    package init(_ text: String) throws(HappyFoxError) {
        let halves = text.split(separator: ":", omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy({ !$0.isEmpty && !$0.contains(" ") }) else {
            throw HappyFoxError(
                .unexpected, "the file of the API key does not hold key:authcode",
                hints: ["one line: the key, a colon, the auth code that HappyFox shows for it"])
        }
        let encoded = Base64.encode(Array(text.utf8))
        authorization = "Basic " + encoded
        // Shorter ones would be found in ordinary words.
        secrets = ([encoded, text] + halves.map { String($0) }).filter { $0.utf8.count >= 8 }
    }

    /// A body without the key, which some servers repeat to whom they refuse.
    func takenOut(of body: [UInt8]) -> [UInt8] {
        let text = String(decoding: body, as: UTF8.self)
        guard secrets.contains(where: text.contains) else { return body }
        return Array(secrets.reduce(text) { $0.replacing($1, with: "[...]") }.utf8)
    }

    package var description: String { "a key" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
