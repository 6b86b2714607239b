internal import NIOCore

/// Gathers whole requests and writes the reply of each.
final class Connection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var received = ""
    private let script: Script

    init(_ script: Script) {
        self.script = script
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += String(buffer: unwrapInboundIn(data))
        while let request = wholeRequest() {
            guard let reply = script.take(request) else { return context.close(promise: nil) }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: reply.bytes)), promise: nil)
            if reply.closes { context.close(promise: nil) }
        }
    }

    private func wholeRequest() -> String? {
        guard let headEnd = received.firstRange(of: "\r\n\r\n")?.upperBound else { return nil }
        let head = received[..<headEnd].lowercased()
        let mark = "content-length: "
        let length = head.firstRange(of: mark).flatMap { Int(head[$0.upperBound...].prefix { $0.isNumber }) } ?? 0
        let body = received[headEnd...].utf8
        guard body.count >= length else { return nil }
        let request = String(received[..<headEnd]) + (String(body.prefix(length)) ?? "")
        received = String(body.dropFirst(length)) ?? ""
        return request
    }
}
