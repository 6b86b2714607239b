import ContactSync
import HTTP
import Webhook

/// What was given, refused where it can never work.
extension NoticeSet {
    func checkedEmails() throws -> (admins: Bool, addresses: [String]) { try NoticeSet.checked(emails: email) }

    static func checked(emails email: [String]) throws -> (admins: Bool, addresses: [String]) {
        if email == ["none"] { return (false, []) }
        let addresses = email.filter { $0 != "admins" }
        guard !addresses.contains("none") else { throw Failure(.usage, "none stands alone, without other addresses") }
        try addresses.forEach(AgentAdd.check(email:))
        return (email.contains("admins"), addresses)
    }

    func checkedURL() throws -> String? {
        guard let webhook, webhook != "none" else { return nil }
        try NoticeSet.check(url: webhook)
        return webhook
    }

    static func check(url webhook: String) throws {
        guard let origin = WebOrigin(webhook), webhook.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F })
        else {
            throw Failure(
                .badInput, "\(webhook) is not a web address", ["such as https://hooks.acme.example/foxtrail"])
        }
        guard origin.scheme == "https" || origin.isLoopback else {
            throw Failure(
                .badInput, "plain http to \(origin.host) is not allowed",
                ["use https; http is for this machine only (localhost, 127.0.0.1, ::1)"])
        }
    }

    func checkedSecret() throws -> WebhookSecret? {
        if newSecret { return WebhookSecret() }
        guard let secretFile else { return nil }
        if let exposure = Secrets.exposure(of: secretFile) { Notice.hint(exposure, quiet: global.quiet) }
        return try NoticeSet.secret(in: secretFile)
    }

    static func secret(in secretFile: String) throws -> WebhookSecret {
        guard let secret = WebhookSecret(try Secrets.read(file: secretFile)) else {
            throw Failure(
                .badInput, "the secret file \(secretFile) holds no webhook secret",
                ["whsec_ and 24 to 64 random bytes in base64; --new-secret makes one"])
        }
        return secret
    }
}
