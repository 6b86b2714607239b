import FoundationEssentials

/// A message for one person: a plain text, and an HTML version where there is one.
package struct MailMessage: Sendable {
    package struct Mailbox: Equatable, Sendable {
        package let name: String
        package let address: String
        package init(name: String = "", address: String) {
            self.name = name
            self.address = address
        }
    }

    package let from: Mailbox
    package let to: Mailbox
    /// With its angle brackets.
    package let id: String
    /// Milliseconds since 1970.
    package let date: Int64
    package let texts: AccountEmail.Texts
    /// The id of the message that this one follows.
    package let inReplyTo: String?

    package init(
        from: Mailbox, to: Mailbox, id: String, date: Int64, texts: AccountEmail.Texts, inReplyTo: String? = nil
    ) {
        self.from = from
        self.to = to
        self.id = id
        self.date = date
        self.texts = texts
        self.inReplyTo = inReplyTo
    }

    /// An id that nobody else gives (RFC 5322 section 3.6.4).
    package static func makeID(from address: String) -> String {
        let domain = address.split(separator: "@").last ?? "localhost"
        return "<\(UUID().uuidString.lowercased())@\(domain)>"
    }

    /// As it goes over the wire (RFC 5322, RFC 2046 section 5.1.4), in ASCII and with CRLF.
    package var bytes: [UInt8] {
        let headers = [
            "From: " + HeaderText.mailbox(name: from.name, address: from.address),
            "To: " + HeaderText.mailbox(name: to.name, address: to.address),
            "Subject: " + HeaderText.unstructured(texts.subject),
            "Date: " + MailDate.text(date),
            "Message-ID: " + HeaderText.oneLine(id),
            // Nobody's out-of-office answer is wanted (RFC 3834).
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
        ]
        let replies = inReplyTo.map { id in ["In-Reply-To", "References"].map { "\($0): \(HeaderText.oneLine(id))" } }
        return Array(((headers + (replies ?? [])).joined(separator: "\r\n") + "\r\n" + body).utf8)
    }

    private var body: String {
        if texts.html.isEmpty { return part("plain", texts.text) }
        // Quoted-printable never holds `=_`, so no text can hold the boundary.
        let boundary = "=_" + id.utf8.map(Hex.upper).joined().prefix(40)
        let parts = [part("plain", texts.text), part("html", texts.html)].map { "--\(boundary)\r\n\($0)" }
        return "Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"\r\n\r\n" + parts.joined()
            + "--\(boundary)--\r\n"
    }

    private func part(_ type: String, _ text: String) -> String {
        "Content-Type: text/\(type); charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            + "\(QuotedPrintable.encode(text))\r\n"
    }
}

enum MailDate {
    /// RFC 5322 section 3.3, in UTC and in English wherever the machine is.
    static func text(_ milliseconds: Int64) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let date = Date(timeIntervalSince1970: Double(milliseconds / 1000))
        let parts = calendar.dateComponents([.year, .month, .day, .weekday, .hour, .minute, .second], from: date)
        func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        let day = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][((parts.weekday ?? 1) - 1) % 7]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let month = months[((parts.month ?? 1) - 1) % 12]
        let time = [parts.hour, parts.minute, parts.second].map(two).joined(separator: ":")
        return "\(day), \(two(parts.day)) \(month) \(parts.year ?? 1970) \(time) +0000"
    }
}
