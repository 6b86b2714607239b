/// Whom or what one notice is delivered to. As text it names nobody: `agent:1`, `address:2`, `webhook`.
package enum NoticeTarget: Hashable, Sendable {
    case agent(Int64)
    /// An address that was given; its number in `NoticeRecipients`.
    case address(Int64)
    case webhook

    package var text: String {
        switch self {
        case .agent(let number): "agent:\(number)"
        case .address(let number): "address:\(number)"
        case .webhook: "webhook"
        }
    }

    package init?(_ text: String) {
        if text == "webhook" {
            self = .webhook
            return
        }
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let number = Int64(parts[1]) else { return nil }
        switch parts[0] {
        case "agent": self = .agent(number)
        case "address": self = .address(number)
        default: return nil
        }
    }
}

/// Who gets notices by e-mail.
package struct NoticeRecipients: Codable, Equatable, Sendable {
    package struct Address: Codable, Equatable, Sendable {
        /// Counted from 1, and never given twice.
        package let number: Int64
        package let email: String
        package init(number: Int64, email: String) {
            self.number = number
            self.email = email
        }
    }

    /// All agents with Manage Apps, as they are when a notice is sent.
    package let admins: Bool
    package let addresses: [Address]

    package init(admins: Bool, addresses: [Address]) {
        self.admins = admins
        self.addresses = addresses
    }

    package static let none = NoticeRecipients(admins: false, addresses: [])
    package var isNone: Bool { !admins && addresses.isEmpty }

    /// Whether an address is named, whoever the admins are.
    package func holds(_ email: String) -> Bool { addresses.contains { EmailAddress.areSame($0.email, email) } }

    /// These instead; an address that was there keeps its number.
    ///
    /// - Parameter last: The highest number that was ever given.
    package func changed(admins: Bool, emails: [String], last: Int64) -> NoticeRecipients {
        var last = max(last, addresses.map(\.number).max() ?? 0)
        var new: [Address] = []
        for email in emails where !new.contains(where: { EmailAddress.areSame($0.email, email) }) {
            if let known = addresses.first(where: { EmailAddress.areSame($0.email, email) }) {
                new.append(known)
            } else {
                last += 1
                new.append(Address(number: last, email: email))
            }
        }
        return NoticeRecipients(admins: admins, addresses: new)
    }
}

/// Where notices are posted to. The secret that they are signed with stands in `secrets/`.
package struct NoticeWebhook: Codable, Equatable, Sendable {
    package let url: String
    /// Whether certificates of an own authority are trusted beside the system's.
    package let hasOwnAuthority: Bool?

    package init(url: String, hasOwnAuthority: Bool? = nil) {
        self.url = url
        self.hasOwnAuthority = hasOwnAuthority
    }
}
