internal import FoundationEssentials

/// A refusal of the identity platform, with the AADSTS number people search for.
struct TokenError: Error {
    let status: Int
    let error: String
    let code: Int
    let message: String
    /// Only some codes have a page that explains them.
    var hasPage = true
    var suberror: String?

    func reply(for call: Call) -> Reply {
        let now = Timestamp.spaced(Date())
        let trace = UUID().uuidString.lowercased()
        let correlation = call.header("client-request-id") ?? UUID().uuidString.lowercased()
        var members: [JSONValue.Member] = [
            .init("error", .string(error)),
            .init("error_description", .string(description(trace, correlation, now))),
            .init("error_codes", [.integer(code)]),
            .init("timestamp", .string(now)),
            .init("trace_id", .string(trace)),
            .init("correlation_id", .string(correlation)),
        ]
        if let suberror { members.append(.init("suberror", .string(suberror))) }
        if hasPage { members.append(.init("error_uri", .string("\(call.origin)/error?code=\(code)"))) }
        return .json(.object(members), status: status)
            .with("Cache-Control", "no-store").with("x-ms-request-id", trace).with("client-request-id", correlation)
    }

    /// What a redirect carries.
    func description(for call: Call) -> String {
        description(
            UUID().uuidString.lowercased(), call.header("client-request-id") ?? UUID().uuidString.lowercased(),
            Timestamp.spaced(Date()))
    }

    private func description(_ trace: String, _ correlation: String, _ now: String) -> String {
        "AADSTS\(code): \(message) Trace ID: \(trace) Correlation ID: \(correlation) Timestamp: \(now)"
    }
}

extension TokenError {
    /// By its number; what the table does not know is a request that is wrong for some reason.
    init(_ code: Int) {
        let row = AADSTS.rows[code] ?? .init("invalid_request", "The request was refused.")
        self.init(
            status: row.status, error: row.error, code: code, message: row.message, hasPage: row.hasPage,
            suberror: row.suberror)
    }

    /// By its number, about something.
    init(_ code: Int, _ message: String) {
        let known = TokenError(code)
        self.init(
            status: known.status, error: known.error, code: code, message: message, hasPage: known.hasPage,
            suberror: known.suberror)
    }

    static func unknownTenant(_ name: String) -> TokenError {
        TokenError(
            90002,
            "Tenant '\(name)' not found. Check that the tenant ID is right and that this is the cloud it lives in.")
    }

    static func missing(_ parameter: String) -> TokenError {
        TokenError(900_144, "The request body must contain the following parameter: '\(parameter)'.")
    }

    static func unknownGrant(_ grant: String) -> TokenError {
        TokenError(70003, "The app requested an unsupported grant type '\(grant)'.")
    }

    static func unknownClient(_ id: String) -> TokenError {
        TokenError(700_038, "'\(id)' is not a valid application identifier.")
    }

    static func notInTenant(_ id: String, _ tenant: String) -> TokenError {
        TokenError(700_016, "Application with identifier '\(id)' was not found in the directory '\(tenant)'.")
    }

    static func wrongSecret(_ id: String) -> TokenError {
        TokenError(
            7_000_215, "Invalid client secret provided: the value is wanted, not the ID of the secret, for app '\(id)'."
        )
    }

    static func expiredSecret(_ id: String) -> TokenError {
        TokenError(7_000_222, "The provided client secret keys for app '\(id)' are expired.")
    }

    static func unknownResource(_ resource: String) -> TokenError {
        TokenError(500_011, "The resource principal named \(resource) was not found in the tenant.")
    }

    static func badScope(_ scope: String) -> TokenError {
        TokenError(70011, "The value of the parameter 'scope' is not valid: \(scope).")
    }
}
