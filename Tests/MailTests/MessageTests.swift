import FoundationEssentials
@testable import Mail
import Testing

private func message(name: String = "Ann", subject: String = "Hi", text: String = "t", html: String = "<p>h</p>")
    -> String
{
    let message = MailMessage(
        from: .init(name: "Desk", address: "desk@acme.example"), to: .init(name: name, address: "ann@contoso.example"),
        id: "<1@acme.example>", date: 1_700_000_000_000, texts: .init(subject: subject, text: text, html: html))
    return String(decoding: message.bytes, as: UTF8.self)
}

@Suite struct MessageTests {
    @Test func `a message is what RFC 5322 and RFC 2046 say`() {
        #expect(
            message()
                == """
                From: "Desk" <desk@acme.example>
                To: "Ann" <ann@contoso.example>
                Subject: Hi
                Date: Tue, 14 Nov 2023 22:13:20 +0000
                Message-ID: <1@acme.example>
                Auto-Submitted: auto-generated
                MIME-Version: 1.0
                Content-Type: multipart/alternative;
                 boundary="=_3C314061636D652E6578616D706C653E"

                --=_3C314061636D652E6578616D706C653E
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                t
                --=_3C314061636D652E6578616D706C653E
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                <p>h</p>
                --=_3C314061636D652E6578616D706C653E--

                """.replacing("\n", with: "\r\n"))
    }

    @Test(arguments: ["\r\n", "\n", "\r", "\u{2028}", "\0", "\u{85}"])
    func `a name cannot begin a header of its own`(end: String) {
        let text = message(name: "Ann\(end)Bcc: eve@x.example", subject: "Hi\(end)\(end)body")
        let headers = text.split(separator: "\r\n\r\n")[0].split(separator: "\r\n")
        #expect(headers.count == 9)
        #expect(!headers.contains { $0.hasPrefix("Bcc") })
        #expect(headers.contains("To: \"Ann Bcc: eve@x.example\" <ann@contoso.example>"))
        #expect(headers.contains("Subject: Hi body"))
    }

    @Test func `quotes in a name are quoted`() {
        #expect(
            HeaderText.mailbox(name: "A \"B\" \\ C", address: "a@b.example") == "\"A \\\"B\\\" \\\\ C\" <a@b.example>")
        #expect(HeaderText.mailbox(name: "", address: "a@b.example") == "a@b.example")
    }

    @Test(arguments: [
        "Größe", "日本語の件名がとても長いのでいくつかの語に分けられます。さらに続きます。", "=?UTF-8?Q?x?=", String(repeating: "long ", count: 20),
    ])
    func `what is not short ASCII becomes encoded words of whole letters`(text: String) throws {
        let words = HeaderText.unstructured(text).split(separator: "\r\n ")
        var decoded = ""
        for word in words {
            #expect(word.utf8.count <= 75)
            #expect(word.hasPrefix("=?UTF-8?B?") && word.hasSuffix("?="))
            let bytes = try #require(Data(base64Encoded: String(word.dropFirst(10).dropLast(2))))
            decoded += try #require(String(data: bytes, encoding: .utf8))
        }
        #expect(decoded == HeaderText.oneLine(text))
    }

    @Test(arguments: [
        ("plain", "plain"), ("a=b", "a=3Db"), ("é", "=C3=A9"), ("end \nnext\t", "end=20\r\nnext=09"),
        ("a\r\nb\n", "a\r\nb\r\n"),
        ("in between", "in between"), (String(repeating: "x", count: 76), String(repeating: "x", count: 76)),
        (String(repeating: "x", count: 77), String(repeating: "x", count: 75) + "=\r\nxx"),
        (String(repeating: "x", count: 74) + "é", String(repeating: "x", count: 74) + "=\r\n=C3=A9"),
    ])
    func `quoted-printable is RFC 2045's`(text: String, encoded: String) {
        #expect(QuotedPrintable.encode(text) == encoded)
    }

    @Test func `dates are English and in UTC`() {
        #expect(MailDate.text(0) == "Thu, 01 Jan 1970 00:00:00 +0000")
        #expect(MailDate.text(1_709_251_199_999) == "Thu, 29 Feb 2024 23:59:59 +0000")
    }

    @Test func `no two messages have one id`() {
        let ids = [MailMessage.makeID(from: "desk@acme.example"), MailMessage.makeID(from: "desk@acme.example")]
        #expect(ids[0] != ids[1] && ids.allSatisfy { $0.hasPrefix("<") && $0.hasSuffix("@acme.example>") })
    }
}
