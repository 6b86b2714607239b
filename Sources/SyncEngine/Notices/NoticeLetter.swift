package import ContactSync
import FoundationEssentials
package import Mail
package import Projections

/// One message of a notice, in the shapes of its channels. Its id is the same however often it is sent.
package struct NoticeLetter: NoticeContent {
    package let notice: NoticeRow
    package let part: NoticePart
    package let account: Account
    /// The name that the journal has in checkpoints and exports.
    package let origin: String

    package init(_ notice: NoticeRow, _ part: NoticePart, account: Account, origin: String) {
        self.notice = notice
        self.part = part
        self.account = account
        self.origin = origin
    }

    package var text: NoticeText {
        NoticeText(notice.raised, ending: part == .raised ? nil : notice.ending ?? .recovered) { time in
            Date(milliseconds: time).formatted(.iso8601.year().month().day())
        }
    }

    func id(_ part: NoticePart) -> String {
        let journal = origin.split(separator: "/").last ?? ""
        return "\(journal)-\(notice.number)-\(part.rawValue)"
    }

    /// When it happened, in milliseconds since 1970.
    var time: Int64 { part == .raised ? notice.raisedAt : notice.clearedAt ?? notice.raisedAt }

    private func local(_ time: Int64) -> String { ZoneRules(account: account.timeZone).text(time) }

    func utc(_ time: Int64) -> String { ZoneRules.utc.text(time) }
}

extension NoticeLetter {
    package func mail(from server: MailServer, to email: String, _ target: NoticeTarget) -> MailMessage {
        let domain = server.from.split(separator: "@").last ?? "localhost"
        func messageID(_ part: NoticePart) -> String {
            "<\(id(part))-\(target.text.replacing(":", with: "-"))@\(domain)>"
        }
        return MailMessage(
            from: .init(name: server.fromName ?? account.name, address: server.from), to: .init(address: email),
            id: messageID(part), date: time,
            texts: .init(subject: "Foxtrail (\(account.name)): \(text.title)", text: body, html: ""),
            inReplyTo: part == .cleared ? messageID(.raised) : nil)
    }

    /// What a person reads.
    package var body: String {
        let text = text
        let behind = notice.sync.map { ", behind sync \($0)" } ?? ""
        var facts = [("since", local(notice.raisedAt) + behind)]
        if part == .cleared { facts.append(("until", local(time))) }
        let details = facts + text.details.map { ($0.name, $0.value) }
        let advice = text.advice.map { "  - \($0)" }
        let sections = [
            "\(text.title.prefix(1).uppercased() + text.title.dropFirst()).",
            details.map { "\($0.0): \($0.1)" }.joined(separator: "\n"),
            advice.isEmpty ? "" : "To do:\n" + advice.joined(separator: "\n"),
            "To look closer:\n" + text.commands.map { "    \($0)" }.joined(separator: "\n"),
            """
            This is notice \(notice.number) of the contact sync of \(account.name). A notice is sent once, and once more
            when it is over. `foxtrail notice list` shows them; `foxtrail notice set --email` chooses who gets them.
            """,
        ]
        return sections.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }
}

extension Date {
    fileprivate init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds / 1000)) }
}
