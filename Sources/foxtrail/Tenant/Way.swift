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

/// When certificates and client secrets expire.
enum Expiry {
    private static let warningDays: Int64 = 30

    /// In UTC, as certificates say it.
    static func day(_ milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(.iso8601.year().month().day())
    }

    /// When a day such as 2027-05-31 begins, in UTC; nil for anything else.
    static func time(ofDay text: String) -> Int64? {
        guard text.utf8.count == 10, let date = try? Date(text, strategy: .iso8601.year().month().day()) else {
            return nil
        }
        let time = Int64(date.timeIntervalSince1970) * 1000
        return day(time) == text ? time : nil
    }

    /// What to tell of one that has expired or soon will; nil for one that is good for long.
    static func warning(of tenant: Tenant, at now: Int64 = Clock.now()) -> String? {
        guard let expiresAt = tenant.authorized.expiresAt, let days = tenant.daysToExpiry(at: now), days < warningDays
        else { return nil }
        let when = expiresAt <= now ? "expired" : "expires in \(days) \(days == 1 ? "day" : "days"),"
        let isSecret = tenant.authorized.signIn == .clientSecret
        let renewal = isSecret ? "--client-secret-file FILE --secret-expires DATE" : "--certificate FILE"
        return "the \(isSecret ? "client secret" : "certificate") of \(tenant.domain) \(when) on \(day(expiresAt)): "
            + "foxtrail tenant reauthorize \(tenant.domain) \(renewal)"
    }
}
