internal import CurlSMTP
@testable import Mail
import Testing

@Suite struct DialogueTests {
    private func dialogue(_ lines: String...) -> SMTPDialogue {
        var dialogue = SMTPDialogue()
        dialogue.begin()
        for line in lines {
            let text = line.dropFirst(2).utf8
            if line.hasPrefix("> ") { dialogue.sent(text) } else { dialogue.received(text) }
        }
        return dialogue
    }

    @Test func `the goodbye says nothing about the message`() {
        let dialogue = dialogue("> RCPT TO:<a@b.example>", "< 550 no", "> QUIT", "< 221 bye")
        #expect(dialogue.step == .recipient && dialogue.reply == SMTPReply(code: 550, words: "no"))
    }

    @Test func `a login's lines are none of a message's`() {
        let dialogue = dialogue(
            "> AUTH LOGIN", "< 334 VXNlcm5hbWU6", "> REFUQQ==", "< 334 UGFzc3dvcmQ6", "> TUFJTA==", "< 235 ok")
        #expect(dialogue.step == .authentication && dialogue.isAuthenticated)
    }

    @Test func `a connection is authenticated once, and a new one again`() {
        var dialogue = dialogue("> EHLO x", "> AUTH PLAIN AGE=", "< 235 ok")
        dialogue.begin()
        #expect(dialogue.isAuthenticated)
        dialogue.sent("EHLO x".utf8)
        #expect(!dialogue.isAuthenticated)
    }

    @Test func `the last word counts, whatever libcurl makes of it`() {
        var dialogue = dialogue("> DATA", "< 354 go on")
        dialogue.messageBegins()
        func outcome() -> SendOutcome {
            dialogue.outcome(
                CurlEnd(code: CURLE_RECV_ERROR, words: "w", isStopped: true), server: "mail:25", from: "a@b.example")
        }
        #expect(outcome() == .unknown("mail:25 did not say whether it took the message: w"))
        dialogue.received("354 what".utf8)
        #expect(outcome() == .unknown("mail:25 did not say whether it took the message: w"))
        dialogue.received("250 ok".utf8)
        #expect(outcome() == .sent(SMTPReply(code: 250, words: "ok")))
    }

    @Test func `long words are cut, and steering ones made harmless`() {
        let dialogue = dialogue("> RCPT TO:<a@b.example>", "< 550 \u{1B}[2Jno\t\(String(repeating: "x", count: 999))")
        let words = Redaction(user: nil, password: nil).clean(dialogue.reply?.words ?? "")
        #expect(words.hasPrefix("[2Jno xxx") && words.count == 200)
    }
}
