internal import NIOCore
internal import NIOHTTP1

/// Answers each request of the browser: a page for the redirect, nothing for a favicon and the like.
final class RedirectHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let answer: EventLoopPromise<String>

    init(_ answer: EventLoopPromise<String>) {
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = unwrapInboundIn(data) else { return }
        let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard head.method == .GET, parts.first == "/", parts.count == 2 else {
            return respond(.notFound, "Nothing is here.", context)
        }
        respond(
            .ok, "Foxtrail has received the answer. You can close this window and go back to the terminal.", context)
        answer.succeed(String(parts[1]))
    }

    private func respond(_ status: HTTPResponseStatus, _ text: String, _ context: ChannelHandlerContext) {
        let page = "<!doctype html><meta charset=\"utf-8\"><title>Foxtrail</title><p>\(text)</p>\n"
        let headers: HTTPHeaders = [
            "Content-Type": "text/html; charset=utf-8", "Content-Length": "\(page.utf8.count)", "Connection": "close",
            // The address holds the code: no cache, no other page and no script is to see it.
            "Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
            "Content-Security-Policy": "default-src 'none'",
        ]
        context.write(wrapOutboundOut(.head(.init(version: .http1_1, status: status, headers: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: page)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.close(promise: nil)
    }
}
