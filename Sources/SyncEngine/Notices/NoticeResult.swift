package import ContactSync
package import Mail
package import Webhook

/// What can go both ways.
package protocol NoticeContent {
    func mail(from server: MailServer, to email: String, _ target: NoticeTarget) -> MailMessage
    var event: CloudEvent { get }
}

/// What one message came to.
package enum NoticeResult: Equatable, Sendable {
    /// - Parameter words: Of whoever took it.
    case delivered(String)
    /// - Parameters:
    ///   - reason: Names no address.
    ///   - breaks: The others of the channel need not be tried now.
    ///   - isFinal: It will never be taken.
    case failed(reason: String, hints: [String], breaks: Bool, isFinal: Bool)
}

extension NoticeResult {
    init(_ outcome: WebhookSender.Outcome) {
        func failed(
            _ reason: String, _ hints: [String] = [], breaks: Bool = true, isFinal: Bool = false
        ) -> NoticeResult {
            .failed(reason: reason, hints: hints, breaks: breaks, isFinal: isFinal)
        }
        self =
            switch outcome {
            case .delivered(let status): .delivered("\(status)")
            case .refused(let status) where (300..<400).contains(status):
                failed("the webhook answered \(status): redirects are not followed")
            case .refused(let status):
                failed("the webhook answered \(status)", breaks: !NoticeResult.isOfTheMessage(status))
            case .gone:
                failed("the webhook answered 410: it wants nothing any more", breaks: false, isFinal: true)
            case .unreachable(let reason, let hints): failed(reason, hints)
            }
    }

    /// Whether an answer refuses what was posted, so that another message may be taken: not who posts it, where to, or how
    /// often.
    private static func isOfTheMessage(_ status: Int) -> Bool {
        (400..<500).contains(status) && ![401, 403, 404, 429].contains(status)
    }

    /// - Throws: `CancellationError`, where it ended before anything was sent.
    init(_ outcome: SendOutcome, to email: String) throws {
        // An address is its owner's, who may be erased: it is left out of what a server says.
        func words(_ text: String) -> String {
            text.split(separator: " ").map { $0.lowercased().contains(email.lowercased()) ? "[address]" : String($0) }
                .joined(separator: " ")
        }
        switch outcome {
        case .sent(let reply): self = .delivered(reply.text)
        case .refused(let reply):
            self = .failed(reason: words(reply.text), hints: [], breaks: false, isFinal: !reply.isTemporary)
        case .unreachable(let trouble):
            if trouble.kind == .stopped { throw CancellationError() }
            self = .failed(reason: words(trouble.reason), hints: ["foxtrail mail test"], breaks: true, isFinal: false)
        // At least once: the receiver knows it by its id.
        case .unknown(let reason): self = .failed(reason: words(reason), hints: [], breaks: true, isFinal: false)
        }
    }
}
