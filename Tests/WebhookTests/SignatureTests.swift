import ContactSync
import HTTP
import Testing
import WireFixtures

@testable import Webhook

struct SignatureTests {
    /// From the specification's own examples and libraries: github.com/standard-webhooks/standard-webhooks.
    @Test func `the signature is that of the specification's example`() throws {
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = secret.signature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", time: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8))
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test(arguments: ["", "whsec_", "whsec_AAAA", "whsec_not base64 at all, whatever it says", "hunter2"])
    func `what is no secret is refused`(text: String) { #expect(WebhookSecret(text) == nil) }

    @Test func `a secret that was made can be read again, and is never shown`() throws {
        let made = WebhookSecret()
        #expect(WebhookSecret(made.text)?.text == made.text)
        #expect(WebhookSecret().text != made.text)
        #expect(!"\(made)\(String(reflecting: made))".contains(made.text.dropFirst(6)))
    }
}

struct WebhookSendingTests {
    private let event = CloudEvent(
        id: "journal-7-raised", source: "foxtrail/journal", type: "foxtrail.notice.raised", subject: "notice:7",
        time: "2026-11-25T00:00:00Z", data: .object([("b", .string("ü")), ("a", .number("1"))]))

    private func send(_ replies: [Reply]) async throws -> (outcome: WebhookSender.Outcome, requests: [String]) {
        try await RawServer.run(replies) { server in
            var settings = WebSettings()
            (settings.environment, settings.sleep, settings.retry) = ([:], { _ in }, WebhookSender.patience)
            let web = try WebClient(settings)
            let sender = WebhookSender(
                url: server.root + "/hook", secret: WebhookSecret(), web: web, now: { 1_700_000_000_000 })
            let outcome = try await sender.send(event)
            await web.shutdown()
            return (outcome, server.requests)
        }
    }

    @Test func `trouble that passes is tried again with the same id and the same bytes`() async throws {
        let (outcome, requests) = try await send([.answer(503), .raw("", closes: true), .answer(204)])
        guard case .delivered(204) = outcome else { return #expect(Bool(false), "\(outcome)") }
        #expect(requests.count == 3)
        #expect(Set(requests.map { $0.split(separator: "\r\n\r\n").last }).count == 1)
        #expect(requests.allSatisfy { $0.contains("webhook-id: journal-7-raised\r\n") })
        #expect(requests.allSatisfy { $0.lowercased().contains("content-type: application/cloudevents+json") })
    }

    @Test(arguments: [200, 299, 301, 400, 404])
    func `an answer is taken as it is, and no redirect is followed`(status: Int) async throws {
        let (outcome, requests) = try await send([.answer(status, headers: ["Location: /elsewhere"])])
        #expect(requests.count == 1)
        switch outcome {
        case .delivered(let code): #expect(code == status && status < 300)
        case .refused(let code): #expect(code == status && status >= 300)
        case .gone, .unreachable: #expect(Bool(false), "\(outcome)")
        }
    }

    @Test func `gone is told apart, and a server that stays down is given up soon`() async throws {
        guard case .gone = try await send([.answer(410)]).outcome else { return #expect(Bool(false)) }
        let (outcome, requests) = try await send([.answer(500)])
        guard case .unreachable(let reason, _) = outcome else { return #expect(Bool(false), "\(outcome)") }
        #expect(reason.contains("500"))
        #expect(requests.count == 3)
    }
}
