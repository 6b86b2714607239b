internal import ContactSync
internal import HTTP

/// What Graph says about a request that it did not carry out (learn.microsoft.com/graph/errors).
struct GraphFailure {
    let status: Int
    let code: String?
    let message: String?
    let requestID: String?
    /// Of the selected ones, those that this kind of read does not give.
    let refusedProperties: [String]
    /// Whether a policy wants more of the token, for which it was refused.
    private let isChallenged: Bool
    private let isGroupGone: Bool

    /// - Parameter link: What was asked for, where it was users.
    init(_ response: WebResponse, of link: UsersLink? = nil) {
        status = response.status
        let error = (try? JSONValue(parsing: response.body))?["error"]
        code = error?["code"]?.string
        message = error?["message"]?.string
        // The reference spells it both ways, once in its table and once in its sample.
        let inner = error?["innerError"] ?? error?["innererror"]
        requestID = response.header("request-id") ?? inner?["request-id"]?.string
        isChallenged = response.claimsChallenge != nil || code?.lowercased() == "insufficient_claims"
        isGroupGone = link?.isMembers == true && response.status == 404
        refusedProperties = link?.refusedProperties(status: response.status, message: message ?? "") ?? []
    }

    /// - Parameter permission: What an administrator must grant for this request, such as
    ///   "application permission User.Read.All".
    func error(permission: String) -> EntraError {
        EntraError(
            kind, text(permission), hints: hints(permission), graphCode: code, requestID: requestID, status: status,
            refusedProperties: refusedProperties)
    }

    private var kind: EntraError.Kind {
        let code = code?.lowercased()
        let stateLost = code == "syncstatenotfound" || code == "resyncrequired"
        if status == 410 || (stateLost && (status == 400 || status == 404)) { return .syncStateLost }
        if code == "directory_expiredpagetoken" { return .pageExpired }
        if isChallenged { return .authorizationRefused }
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
        case .permissionMissing: "graph refuses: the \(permission) is missing\(codeInWords)"
        case .authorizationRefused where status == 403:
            "a conditional access policy of the tenant refuses\(codeInWords)"
        case .authorizationRefused: "graph refuses the access token, also a new one\(codeInWords)"
        case .unavailable, .unexpected:
            isGroupGone
                ? "the group no longer exists in the tenant\(codeInWords)"
                : refusedProperties.isEmpty
                    ? "graph answered \(status)\(codeInWords)\(messageInWords)"
                    : "graph does not give \(refusedProperties.joined(separator: ", ")) in such a read\(codeInWords)"
        }
    }

    private var codeInWords: String { code.map { " (\(shortened($0)))" } ?? "" }

    private var messageInWords: String { message.map { ": " + shortened($0) } ?? "" }

    private func hints(_ permission: String) -> [String] {
        switch kind {
        case .syncStateLost: ["the next sync reads every user again"]
        case .permissionMissing:
            [
                "grant the \(permission) in the app registration and give admin consent",
                "a consent given just now can take some minutes to count",
            ]
                // learn.microsoft.com/graph/permissions-reference
                + (permission.hasSuffix("GroupMember.Read.All")
                    ? ["a group that hides its members needs Member.Read.Hidden too"] : [])
        case .authorizationRefused where status == 403:
            ["let an administrator exempt the app or its location, and authorize the tenant again"]
        case .authorizationRefused: ["check that the app still exists in the tenant, and authorize the tenant again"]
        case .pageExpired, .unavailable, .unexpected: []
        }
    }
}

/// A remote text fit for one line of a message, without anything in it that could be a token: some servers repeat what
/// they were sent, and messages go into the journal.
func shortened(_ text: String) -> String {
    var isCredential = false
    let words = text.split {
        $0.isWhitespace || $0.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
    let line = words.map { word in
        defer { isCredential = ["bearer", "basic"].contains(word.lowercased()) }
        return isCredential || word.utf8.count > 64 ? "[...]" : word
    }.joined(separator: " ")
    let cut = line.count > 300 ? line.prefix(300) + "..." : line[...]
    return cut.last == "." && !cut.hasSuffix("...") ? String(cut.dropLast()) : String(cut)
}
