internal import CurlSMTP

/// How libcurl ended a transfer.
struct CurlEnd {
    let code: CURLcode
    /// In libcurl's words.
    let words: String
    let isStopped: Bool
}

extension SMTPDialogue {
    /// - Parameter server: Such as `mail.example:587`.
    func outcome(_ end: CurlEnd, server: String, from sender: String) -> SendOutcome {
        let refusal = reply.flatMap { $0.code >= 400 ? $0 : nil }
        switch step {
        case .message: return lastWord(end, server)
        case .recipient, .data:
            // 530: it wants to know first who we are (RFC 4954 section 6), whoever the recipient.
            if let refusal, refusal.code != 530 { return .refused(refusal) }
        case .sender:
            if let refusal {
                let reason = "\(server) takes no mail from \(sender): \(refusal.text)"
                return .unreachable(.init(.sender, reason, code: refusal.code))
            }
        case .connection, .greeting, .encryption, .authentication: break
        }
        return .unreachable(trouble(end, server, refusal))
    }

    private func lastWord(_ end: CurlEnd, _ server: String) -> SendOutcome {
        guard let reply, (200..<300).contains(reply.code) || reply.code >= 400 else {
            return .unknown("\(server) did not say whether it took the message: \(end.words)")
        }
        return reply.code < 300 ? .sent(reply) : .refused(reply)
    }

    private func trouble(_ end: CurlEnd, _ server: String, _ refusal: SMTPReply?) -> MailTrouble {
        if end.isStopped { return MailTrouble(.stopped, "interrupted before anything was sent") }
        let words = refusal?.text ?? end.words
        if step == .authentication, refusal != nil {
            let what = refusal?.isTemporary == true ? "cannot log anybody in now" : "refuses the user or password"
            return MailTrouble(.authentication, "\(server) \(what): \(words)", code: refusal?.code)
        }
        switch end.code {
        case CURLE_LOGIN_DENIED, CURLE_ABORTED_BY_CALLBACK:
            return MailTrouble(.authentication, "\(server) offers neither AUTH PLAIN nor AUTH LOGIN to log in with")
        case CURLE_USE_SSL_FAILED:
            return MailTrouble(.security, "\(server) does not offer STARTTLS: nothing was sent", code: refusal?.code)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR:
            return MailTrouble(.security, "\(server) cannot be trusted: \(words)")
        default: return MailTrouble(.connection, "\(server) does not serve us: \(words)", code: refusal?.code)
        }
    }
}
