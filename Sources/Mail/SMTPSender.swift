package import ContactSync
import Dispatch

/// Sends messages to one mail server, one after another, on one connection for as long as the server keeps it.
///
/// libcurl blocks, so the actor runs on a queue of its own and never holds up a thread that others wait for.
package actor SMTPSender {
    private let executor = QueueExecutor()
    private let settings: SMTPSettings
    private let server: String
    private let redaction: Redaction
    private var curl: CurlHandle?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - password: Of the server's user.
    ///   - authorities: PEM certificates that are trusted besides the system's.
    package init(_ server: MailServer, password: String?, authorities: String? = nil) {
        self.init(server, SMTPSettings(server, password: password, authorities: authorities))
    }

    init(_ server: MailServer, _ settings: SMTPSettings) {
        self.server = server.address
        self.settings = settings
        redaction = Redaction(user: settings.login?.user, password: settings.login?.password)
    }

    /// Cancelling the task ends it as long as nothing of the message has left.
    package func send(_ message: MailMessage) async -> SendOutcome {
        let stop = StopFlag()
        return await withTaskCancellationHandler {
            send(message, stop: stop)
        } onCancel: {
            stop.set()
        }
    }

    private func send(_ message: MailMessage, stop: StopFlag) -> SendOutcome {
        let (from, to) = (message.from.address, message.to.address)
        guard EmailAddress.isValid(from), EmailAddress.isValid(to) else {
            return .refused(
                SMTPReply(code: 553, words: "not sent: \(EmailAddress.isValid(to) ? from : to) is no address"))
        }
        guard let curl = curl ?? CurlHandle(settings) else {
            return .unreachable(MailTrouble(.connection, "\(server): libcurl lacks what is needed"))
        }
        self.curl = curl
        let (dialogue, end) = curl.send(message.bytes, from: from, to: to, stop: stop)
        return redaction.clean(dialogue.outcome(end, server: server, from: from))
    }
}

extension Redaction {
    func clean(_ outcome: SendOutcome) -> SendOutcome {
        func clean(_ reply: SMTPReply) -> SMTPReply { SMTPReply(code: reply.code, words: self.clean(reply.words)) }
        switch outcome {
        case .sent(let reply): return .sent(clean(reply))
        case .refused(let reply): return .refused(clean(reply))
        case .unknown(let reason): return .unknown(self.clean(reason))
        case .unreachable(let trouble):
            return .unreachable(MailTrouble(trouble.kind, self.clean(trouble.reason), code: trouble.code))
        }
    }
}

/// A thread's worth of queue as an actor's executor (SE-0392).
private final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "foxtrail.mail")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
}
