internal import NIOCore
internal import NIOPosix
import Synchronization

/// A mail server on loopback whose answers we choose, so that it can also refuse, hang up and fall silent.
package struct SMTPServer: Sendable {
    package enum Answer: Sendable {
        /// One or more lines, without the last line's end.
        case reply(String)
        /// Hangs up without a word.
        case close
        case silence
    }

    /// A message as it came, its leading dots taken back.
    package struct Message: Sendable {
        package let from: String
        package let to: String
        package let content: String
    }

    /// Answers a command, the greeting (an empty line) or the end of a message (a dot); nil for the usual answer.
    package typealias Rule = @Sendable (_ line: String) -> Answer?

    package let port: Int
    private let state: SMTPState

    /// Runs a server for as long as the body takes.
    package static func run<Value>(
        _ rule: @escaping Rule = { _ in nil }, _ body: (SMTPServer) async throws -> Value
    ) async throws -> Value {
        let state = SMTPState(rule)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(SMTPSession(state))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = SMTPServer(port: channel.localAddress?.port ?? 0, state: state)
        let result: Result<Value, any Error>
        do { result = .success(try await body(server)) } catch { result = .failure(error) }
        try await channel.close()
        return try result.get()
    }

    /// Those that it said it took.
    package var messages: [Message] { state.values.withLock { $0.messages } }
    /// What came in besides messages, of all connections.
    package var lines: [String] { state.values.withLock { $0.lines } }
    package var connections: Int { state.values.withLock { $0.connections } }

    /// Other answers from now on.
    package func answer(_ rule: @escaping Rule) { state.values.withLock { $0.rule = rule } }
}

final class SMTPState: Sendable {
    struct Values {
        var rule: SMTPServer.Rule
        var messages: [SMTPServer.Message] = []
        var lines: [String] = []
        var connections = 0
    }
    let values: Mutex<Values>

    init(_ rule: @escaping SMTPServer.Rule) { values = Mutex(Values(rule: rule)) }

    func answer(_ line: String) -> SMTPServer.Answer? {
        values.withLock { $0.rule }(line)
    }
}

/// One connection.
private final class SMTPSession: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let state: SMTPState
    private var received = ""
    private var content: [Substring]?
    private var (from, to) = ("", "")

    init(_ state: SMTPState) { self.state = state }

    func channelActive(context: ChannelHandlerContext) {
        state.values.withLock { $0.connections += 1 }
        perform(state.answer("") ?? .reply("220 fixture"), context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += String(buffer: unwrapInboundIn(data))
        while let end = received.firstRange(of: "\r\n") {
            let line = received[..<end.lowerBound]
            received = String(received[end.upperBound...])
            take(line, context)
        }
    }

    private func take(_ line: Substring, _ context: ChannelHandlerContext) {
        guard content == nil else { return takeContent(line, context) }
        state.values.withLock { $0.lines.append(String(line)) }
        let answer = state.answer(String(line)) ?? .reply(usual(line))
        if line.hasPrefix("MAIL FROM:") { from = String(line.dropFirst(10)) }
        if line.hasPrefix("RCPT TO:") { to = String(line.dropFirst(8)) }
        if line == "DATA", case .reply(let text) = answer, text.hasPrefix("354") { content = [] }
        perform(answer, context)
        if line == "QUIT", case .reply = answer { context.close(promise: nil) }
    }

    private func takeContent(_ line: Substring, _ context: ChannelHandlerContext) {
        guard line == "." else {
            content?.append(line.first == "." ? line.dropFirst() : line)
            return
        }
        let message = SMTPServer.Message(
            from: from, to: to, content: (content ?? []).joined(separator: "\r\n") + "\r\n")
        content = nil
        let answer = state.answer(".") ?? .reply("250 2.0.0 taken")
        if case .reply(let text) = answer, text.hasPrefix("2") { state.values.withLock { $0.messages.append(message) } }
        perform(answer, context)
    }

    private func usual(_ line: Substring) -> String {
        switch line.prefix(4) {
        case "EHLO": "250-fixture\r\n250 8BITMIME"
        case "DATA": "354 go on"
        case "QUIT": "221 bye"
        default: "250 2.0.0 fine"
        }
    }

    private func perform(_ answer: SMTPServer.Answer, _ context: ChannelHandlerContext) {
        switch answer {
        case .reply(let text):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text + "\r\n")), promise: nil)
        case .close: context.close(promise: nil)
        case .silence: break
        }
    }
}
