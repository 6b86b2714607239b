package import ContactSync
internal import CurlSMTP
import Foundation

/// Who we are to a mail server. Never printed.
struct SMTPLogin: Sendable {
    let user: String
    let password: String
}

/// A mail server, in libcurl's terms.
struct SMTPSettings: Sendable {
    let url: String
    let startsTLS: Bool
    let login: SMTPLogin?
    /// The certificates to trust, in PEM; nil for the system's alone.
    let authorities: [UInt8]?
    /// In seconds. The first one holds until TLS stands.
    var connectTimeout = 15
    var timeout = 60

    init(_ server: MailServer, password: String?, authorities own: String?) {
        let scheme = server.security == .tls ? "smtps" : "smtp"
        let host = server.host.contains(":") ? "[\(server.host)]" : server.host
        url = "\(scheme)://\(host):\(server.port)/\(SMTPSettings.ownName)"
        startsTLS = server.security == .starttls
        login = server.user.map { SMTPLogin(user: $0, password: password ?? "") }
        authorities = own.map { Array($0.utf8) + [0x0A] + SMTPSettings.systemAuthorities }
    }

    /// What we call ourselves in EHLO, in a URL's letters: the machine's name where it is a whole one, else an address
    /// literal, which every server must take (RFC 5321 section 4.1.1.1).
    static var ownName: String {
        let name = ProcessInfo.processInfo.hostName
        let isWhole = name.contains(".") && name.utf8.allSatisfy { letters.contains($0) } && !name.hasPrefix(".")
        return isWhole ? name : "%5B127.0.0.1%5D"
    }

    private static let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-".utf8)

    /// A file of certificates takes the place of libcurl's own, so an own authority is added to those.
    private static var systemAuthorities: [UInt8] {
        guard let path = curlsmtp_default_authorities(),
            let data = FileManager.default.contents(atPath: String(cString: path))
        else { return [] }
        return Array(data)
    }
}

extension MailServer {
    /// Traffic that never leaves the machine: the only kind that may go without TLS.
    package static func isLoopback(_ host: String) -> Bool {
        if host.lowercased() == "localhost" || host == "::1" { return true }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        return octets.count == 4 && octets.first == "127" && octets.allSatisfy { UInt8($0) != nil }
    }

    package var address: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
