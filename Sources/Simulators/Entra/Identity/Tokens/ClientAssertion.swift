internal import CryptoExtras
internal import FoundationEssentials

/// A client's own signed token, which proves that it holds the key of a registered certificate (3.4).
struct ClientAssertion {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    /// Whose key, whose name, for whom, and when: in that order, because the key decides whether the rest is worth reading.
    func verify(for application: AppRegistration, audiences: Set<String>) throws(TokenError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.json(parts[0]), let claims = Self.json(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { throw TokenError(50027) }
        let certificate = try Self.certificate(header, in: application)
        let signed = Data((parts[0] + "." + parts[1]).utf8)
        guard
            try certificate.key.isValidSignature(
                .init(rawRepresentation: signature), for: signed, padding: Self.padding(header))
        else { throw TokenError(700_027) }
        guard certificate.expiry > Date() else { throw TokenError(700_027) }
        for name in ["iss", "sub"] where claims[name]?.text?.lowercased() != application.clientID.lowercased() {
            throw TokenError(700_021)
        }
        guard let audience = claims["aud"]?.text, audiences.contains(audience.lowercased()) else {
            throw TokenError(50013)
        }
        try Self.checkTimes(claims)
    }

    private static func certificate(
        _ header: JSONValue, in application: AppRegistration
    ) throws(TokenError) -> RegisteredCertificate {
        let named = ["x5t#S256", "x5t"].compactMap { header[$0]?.text.map { String($0.filter { $0 != "=" }) } }
        guard let found = application.certificates.first(where: { !$0.thumbprints.isDisjoint(with: named) }) else {
            throw TokenError(700_027)
        }
        return found
    }

    private static func padding(_ header: JSONValue) throws(TokenError) -> _RSA.Signing.Padding {
        switch header["alg"]?.text {
        case "PS256": return .PSS
        case "RS256": return .insecurePKCS1v1_5
        default: throw TokenError(50027)
        }
    }

    /// Five minutes of disagreement about the time are forgiven; `nbf` may be missing.
    private static func checkTimes(_ claims: JSONValue) throws(TokenError) {
        let now = Date().timeIntervalSince1970
        guard let expiry = seconds(claims["exp"]), expiry > now - 300 else { throw TokenError(700_024) }
        if let start = seconds(claims["nbf"]), start > now + 300 { throw TokenError(700_024) }
    }

    /// RFC 7519 allows fractions, and MSAL sends them.
    private static func seconds(_ value: JSONValue?) -> Double? {
        switch value {
        case .integer(let number)?: Double(number)
        case .number(let number)?: number
        default: nil
        }
    }

    private static func json(_ part: Substring) -> JSONValue? {
        Base64URL.decode(part).flatMap { try? JSONDecoder().decode(JSONValue.self, from: $0) }
    }
}
