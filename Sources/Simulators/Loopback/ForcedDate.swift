internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Puts another `Date` on an answer. The server writes its own over whatever the answer says, so it is changed on the way out.
final class ForcedDate: ChannelOutboundHandler, RemovableChannelHandler, Sendable {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// How an answer asks for it; nobody outside sees this header.
    static let header = "x-simulated-date"

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data), let name = HTTPField.Name(Self.header),
            let date = head.headerFields[name]
        else { return context.write(data, promise: promise) }
        head.headerFields[name] = nil
        head.headerFields[.date] = date
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }
}
