internal import ContactSync
internal import HTTP

/// What Graph says about a request that it did not carry out (protocols.md 2.11).
struct GraphFailure {
    let status: Int
    let code: String?
    let message: String?
    let requestID: String?

    init(_ response: WebResponse) {
        status = response.status
        let error = (try? JSONValue(parsing: response.body))?["error"]
        code = error?["code"]?.string
        message = error?["message"]?.string
        // The reference spells it both ways, once in its table and once in its sample.
        let inner = error?["innerError"] ?? error?["innererror"]
        requestID = response.header("request-id") ?? inner?["request-id"]?.string
    }

    /// - Parameter permission: What an administrator must grant for this request.
    func error(permission: String) -> EntraError {
        EntraError(
            kind, text(permission), hints: hints(permission), graphCode: code, requestID: requestID, status: status)
    }

    private var kind: EntraError.Kind {
        let code = code?.lowercased()
        let stateLost = code == "syncstatenotfound" || code == "resyncrequired"
        if status == 410 || (stateLost && (status == 400 || status == 404)) { return .syncStateLost }
        if code == "directory_expiredpagetoken" { return .pageExpired }
        return switch status {
        case 401: .authorizationRefused
        case 403: .permissionMissing
        default: .unexpected
        }
    }

    private func text(_ permission: String) -> String {
        switch kind {
        case .syncStateLost: "graph no longer knows the state of the last sync\(codeInWords)"
        case .pageExpired: "graph no longer knows the next page of this listing\(codeInWords)"
        case .permissionMissing: "graph refuses: the application permission \(permission) is missing\(codeInWords)"
        case .authorizationRefused: "graph refuses the access token, also a new one\(codeInWords)"
        case .unavailable, .unexpected: "graph answered \(status)\(codeInWords)\(messageInWords)"
        }
    }

    private var codeInWords: String { code.map { " (\(shortened($0)))" } ?? "" }

    private var messageInWords: String { message.map { ": " + shortened($0) } ?? "" }

    private func hints(_ permission: String) -> [String] {
        switch kind {
        case .syncStateLost: ["the next sync reads every user again"]
        case .permissionMissing:
            [
                "grant the application permission \(permission) in the app registration and give admin consent",
                "a consent given just now can take some minutes to count",
            ]
        case .authorizationRefused: ["check that the app still exists in the tenant, and authorize the tenant again"]
        case .pageExpired, .unavailable, .unexpected: []
        }
    }
}

/// A remote text fit for one line of a message.
func shortened(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let cut = line.count > 300 ? line.prefix(300) + "..." : line[...]
    return cut.last == "." && !cut.hasSuffix("...") ? String(cut.dropLast()) : String(cut)
}
