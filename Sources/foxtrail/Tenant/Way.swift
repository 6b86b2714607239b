import ContactSync
import EntraID
import Foundation
import Projections

/// One of the ways in which a tenant lets us in.
enum Way {
    case deviceCode, browser
    case clientSecret(String)
    case certificate(ClientCertificate, pem: String)

    /// - Throws: What is wrong with the certificate; one that has expired is refused here, in words.
    init(pem: String) throws {
        let certificate = try ClientCertificate(pem: pem)
        guard certificate.notAfter * 1000 > Clock.now() else {
            throw Failure(
                .badInput, "the certificate expired on \(Expiry.day(certificate.notAfter * 1000))",
                ["make a new one, upload it to the app registration, and give it with --certificate"])
        }
        self = .certificate(certificate, pem: pem)
    }

    /// The way of a tenant that was authorized before, with what is kept of it.
    init(again tenant: Tenant, _ secrets: Secrets) throws {
        switch tenant.authorized.signIn {
        case .clientSecret: self = .clientSecret(try secrets.load(.clientSecret, of: tenant.id))
        case .certificate: try self.init(pem: try secrets.load(.certificate, of: tenant.id))
        case .delegated: self = .deviceCode
        }
    }

    var isApplication: Bool {
        switch self {
        case .clientSecret, .certificate: true
        case .deviceCode, .browser: false
        }
    }
}

/// When certificates expire.
enum Expiry {
    private static let warning: Int64 = 30 * 86_400_000

    /// In UTC, as certificates say it.
    static func day(_ milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(.iso8601.year().month().day())
    }

    /// What to tell of a certificate that has expired or soon will; nil for one that is good for long.
    static func warning(of tenant: Tenant, at now: Int64 = Clock.now()) -> String? {
        guard let expiresAt = tenant.authorized.expiresAt, expiresAt - now < warning else { return nil }
        let days = (expiresAt - now) / 86_400_000
        let when = expiresAt <= now ? "expired" : "expires in \(days) \(days == 1 ? "day" : "days"),"
        return "the certificate of \(tenant.domain) \(when) on \(day(expiresAt)): "
            + "foxtrail tenant reauthorize \(tenant.domain) --certificate FILE"
    }
}
