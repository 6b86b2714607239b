import FoundationEssentials

/// What a request carries that no answer may bring into a message, a log or a journal: some servers repeat what they were
/// sent, in a text, a code or the name of the request.
extension WebRequest {
    private static let secretFields: Set = [
        "client_secret", "client_assertion", "refresh_token", "code", "code_verifier", "device_code",
    ]
    /// Shorter ones would be found in ordinary words, and are no secrets that a service gives out.
    private static let shortest = 8

    /// User and password of Basic authentication (RFC 7617).
    private static func halves(ofBasic text: String) -> [String] {
        guard let data = Data(base64Encoded: text), let pair = String(validating: data, as: UTF8.self) else {
            return []
        }
        return pair.split(separator: ":", maxSplits: 1).map { String($0) }
    }

    var secrets: [String] {
        var found = headers.filter { $0.name.lowercased() == "authorization" }
            .compactMap { $0.value.split(separator: " ").last.map { String($0) } }
        found += found.flatMap(WebRequest.halves)
        if case .form(let fields) = body {
            for field in fields where WebRequest.secretFields.contains(field.name) {
                found += [field.value, PercentEncoding.encode(field.value)]
            }
        }
        return found.filter { $0.utf8.count >= WebRequest.shortest }
    }
}

extension WebResponse {
    /// The response with these texts taken out of its headers, and of its body too unless it brings what was asked for.
    func without(_ secrets: [String]) -> WebResponse {
        func cleaned(_ text: String) -> String {
            secrets.reduce(text) { $0.contains($1) ? $0.replacing($1, with: "[...]") : $0 }
        }
        if secrets.isEmpty { return self }
        return WebResponse(
            status: status, headers: headers.map { (name: $0.name, value: cleaned($0.value)) },
            body: status == 200 ? body : Array(cleaned(String(decoding: body, as: UTF8.self)).utf8))
    }
}
