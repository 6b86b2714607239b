internal import ContactSync

/// The error JSON of the token endpoint (learn.microsoft.com/entra/identity-platform/reference-error-codes).
package struct TokenFailure: Sendable {
    /// The HTTP status: 400 or 401, mostly; nil for a redirect.
    package let status: Int?
    /// OAuth's error name, such as `invalid_client`; the stable part.
    package let error: String?
    /// The first of `error_codes`, else the number in `error_description`.
    package let aadsts: AADSTS?
    /// What Microsoft's support asks for.
    package let traceID: String?

    /// Reads whatever came with a status other than 200; nothing in it is required.
    ///
    /// - Parameter requestID: Of the answer's head, for a body that names none.
    package init(status: Int, body: [UInt8], requestID: String? = nil) {
        self.status = status
        let json = try? JSONValue(parsing: body)
        error = json?["error"]?.string
        let listed = json?["error_codes"]?.array?.first?.integer.map { AADSTS(Int($0)) }
        aadsts = listed ?? json?["error_description"]?.string.flatMap(AADSTS.init(in:))
        traceID = json?["trace_id"]?.string ?? requestID
    }

    /// What a redirect says instead of what was asked for.
    init(redirect error: String, _ description: String?) {
        status = nil
        self.error = error
        aadsts = description.flatMap(AADSTS.init(in:))
        traceID = nil
    }

    /// An unknown number counts as its error name says.
    package var consequence: AADSTS.Consequence {
        if error == "temporarily_unavailable" || error == "server_error" { return .transient }
        if let known = aadsts?.meaning { return known.consequence }
        return switch error {
        case "invalid_client", "invalid_grant", "unauthorized_client", "consent_required", "interaction_required",
            "login_required", "access_denied", "permission_denied":
            .authorizationLost
        default: .misconfigured
        }
    }

    /// Microsoft's own text stays out: it can repeat what was sent.
    package var entraError: EntraError {
        let meaning = aadsts?.meaning
        let kind: EntraError.Kind =
            switch consequence {
            case .authorizationLost: .authorizationRefused
            case .transient, .blocked: .unavailable
            case .misconfigured: .unexpected
            }
        return EntraError(
            kind, "\(meaning?.words ?? "the sign-in service \(status.map { "answered \($0)" } ?? "refused")")\(names)",
            hints: [meaning?.advice ?? (kind == .authorizationRefused ? "authorize the tenant again" : nil)].compactMap
            { $0 },
            aadsts: aadsts?.number, requestID: traceID, status: status)
    }

    private var names: String {
        let names = [aadsts.map { "AADSTS\($0.number)" }, error.map(shortened)].compactMap { $0 }
        return names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
    }
}
