internal import FoundationEssentials

/// A refusal of the identity platform, with the AADSTS number people search for.
struct TokenError: Error {
    let status: Int
    let error: String
    let code: Int
    let message: String
    /// Only some codes have a page that explains them.
    var hasPage = true

    func reply(for call: Call) -> Reply {
        let now = Timestamp.spaced(Date())
        let trace = UUID().uuidString.lowercased()
        let correlation = call.header("client-request-id") ?? UUID().uuidString.lowercased()
        let description =
            "AADSTS\(code): \(message) Trace ID: \(trace) Correlation ID: \(correlation) Timestamp: \(now)"
        var members: [JSONValue.Member] = [
            .init("error", .string(error)),
            .init("error_description", .string(description)),
            .init("error_codes", [.integer(code)]),
            .init("timestamp", .string(now)),
            .init("trace_id", .string(trace)),
            .init("correlation_id", .string(correlation)),
        ]
        if hasPage { members.append(.init("error_uri", .string("\(call.origin)/error?code=\(code)"))) }
        return .json(.object(members), status: status).with("Cache-Control", "no-store").with("x-ms-request-id", trace)
    }
}

extension TokenError {
    static let notOnCommon = TokenError(
        status: 400, error: "invalid_request", code: 9_001_023,
        message:
            "The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint."
    )

    static func unknownTenant(_ name: String) -> TokenError {
        TokenError(
            status: 400, error: "invalid_request", code: 90002,
            message:
                "Tenant '\(name)' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud."
        )
    }

    static func missing(_ parameter: String) -> TokenError {
        TokenError(
            status: 400, error: "invalid_request", code: 900_144,
            message: "The request body must contain the following parameter: '\(parameter)'.")
    }

    static func unknownGrant(_ grant: String) -> TokenError {
        TokenError(
            status: 400, error: "unsupported_grant_type", code: 70003,
            message: "The app requested an unsupported grant type '\(grant)'.", hasPage: false)
    }

    static func unknownClient(_ id: String) -> TokenError {
        TokenError(
            status: 400, error: "unauthorized_client", code: 700_038,
            message: "'\(id)' is not a valid application identifier.", hasPage: false)
    }

    static let noCredential = TokenError(
        status: 401, error: "invalid_client", code: 7_000_218,
        message: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.")

    static func wrongSecret(_ id: String) -> TokenError {
        TokenError(
            status: 401, error: "invalid_client", code: 7_000_215,
            message:
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '\(id)'."
        )
    }

    static func expiredSecret(_ id: String) -> TokenError {
        TokenError(
            status: 401, error: "invalid_client", code: 7_000_222,
            message: "The provided client secret keys for app '\(id)' are expired.")
    }

    static func unknownResource(_ resource: String) -> TokenError {
        TokenError(
            status: 400, error: "invalid_resource", code: 500_011,
            message: "The resource principal named \(resource) was not found in the tenant.")
    }

    static func badScope(_ scope: String) -> TokenError {
        TokenError(
            status: 400, error: "invalid_scope", code: 70011,
            message: "The provided value for the input parameter 'scope' is not valid. The scope \(scope) is not valid."
        )
    }

    static let busy = TokenError(
        status: 503, error: "temporarily_unavailable", code: 90033,
        message: "A transient error has occurred. Please try again.")

    static let throttled = TokenError(
        status: 429, error: "temporarily_unavailable", code: 90055,
        message: "The tenant request throttling limit was exceeded.")
}
