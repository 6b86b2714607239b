internal import CurlSMTP
import Synchronization

/// What libcurl calls back during one transfer, on the thread that runs it.
final class CurlExchange {
    var dialogue = SMTPDialogue()
    private var message: [UInt8] = []
    private var offset = 0
    private var needsLogin = false
    private var stop = StopFlag()

    func begin(_ message: [UInt8], needsLogin: Bool, stop: StopFlag) {
        (self.message, offset) = (message, 0)
        (self.needsLogin, self.stop) = (needsLogin, stop)
        dialogue.begin()
    }

    func callbacks(replyTimeout: Int) -> curlsmtp_callbacks {
        curlsmtp_callbacks(
            context: Unmanaged.passUnretained(self).toOpaque(),
            line: { context, isSent, bytes, count in
                guard let context, let bytes else { return }
                let exchange = Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue()
                exchange.line(UnsafeRawBufferPointer(start: bytes, count: count), isSent: isSent != 0)
            },
            read: { buffer, size, count, context in
                guard let context, let buffer else { return 0 }
                let exchange = Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue()
                return exchange.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
            },
            may_begin: { context in
                guard let context else { return 0 }
                return Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue().mayBegin ? 1 : 0
            },
            should_stop: { context in
                guard let context else { return 0 }
                return Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue().shouldStop ? 1 : 0
            },
            reply_timeout: replyTimeout)
    }

    private func line(_ bytes: UnsafeRawBufferPointer, isSent: Bool) {
        if isSent { dialogue.sent(bytes) } else { dialogue.received(bytes) }
    }

    private func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        dialogue.messageBegins()
        let part = message[offset...].prefix(buffer.count)
        buffer.copyBytes(from: part)
        offset += part.count
        return part.count
    }

    /// Where a server offers no login, libcurl would go on without one.
    private var mayBegin: Bool { !needsLogin || dialogue.isAuthenticated }

    /// Once the message has begun to leave, only the server's answer can end it well.
    private var shouldStop: Bool { stop.isSet && dialogue.step != .message }
}

/// Set from any thread.
final class StopFlag: Sendable {
    private let value = Atomic(false)
    var isSet: Bool { value.load(ordering: .relaxed) }
    func set() { value.store(true, ordering: .relaxed) }
}
