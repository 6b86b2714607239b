internal import NIOCore
internal import NIOPosix

/// A server on loopback that answers bytes we chose, so that broken answers can be sent too.
package struct RawServer: Sendable {
    /// Such as `http://127.0.0.1:40123`.
    package let root: String
    private let script: Script

    /// Runs a server for as long as the body takes. One reply a request, in order; the last one is repeated.
    package static func run<Value>(
        _ replies: [Reply], _ body: (RawServer) async throws -> Value
    ) async throws -> Value {
        let script = Script(replies)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Connection(script))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = RawServer(root: "http://127.0.0.1:\(channel.localAddress?.port ?? 0)", script: script)
        let result: Result<Value, any Error>
        do { result = .success(try await body(server)) } catch { result = .failure(error) }
        try await channel.close()
        return try result.get()
    }

    /// What came in, heads and bodies, in order.
    package var requests: [String] { script.requests }

    /// Replaces the replies, for those that must name the server's own address.
    package func reply(_ replies: [Reply]) { script.replace(replies) }
}

/// What the server sends for one request.
package struct Reply: Sendable {
    let bytes: [UInt8]
    let closes: Bool

    /// Bytes as they go over the wire.
    package static func raw(_ bytes: [UInt8], closes: Bool = false) -> Reply {
        Reply(bytes: bytes, closes: closes)
    }

    package static func raw(_ text: String, closes: Bool = false) -> Reply {
        Reply(bytes: Array(text.utf8), closes: closes)
    }

    /// A well-formed answer.
    package static func answer(_ status: Int, _ body: String = "", headers: [String] = []) -> Reply {
        let head = ["HTTP/1.1 \(status) Status", "Content-Length: \(body.utf8.count)"] + headers
        return raw(head.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }
}
