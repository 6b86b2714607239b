internal import Glibc
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Logging
internal import NIOCore
internal import NIOSSL

/// An HTTP server which only this machine can reach, and which can also misbehave on purpose.
struct LoopbackServer: Sendable {
    let port: Int
    let tls: TLSFiles?
    let logger: Logger

    /// Serves until the task is cancelled; a cancelled server is not an error.
    func run(
        answer: @escaping @Sendable (Call) async throws -> Reply,
        onReady: @escaping @Sendable (Int) async -> Void
    ) async throws {
        let application = Application(
            responder: Responder(scheme: tls == nil ? "http" : "https", answer: answer),
            server: try makeServer(),
            configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? 0) },
            logger: logger)
        do {
            try await application.run()
        } catch is CancellationError {
            return
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw PortError.inUse(port)
        } catch let error as IOError where error.errnoCode == EACCES {
            throw PortError.notAllowed(port)
        }
    }

    private func makeServer() throws -> HTTPServerBuilder {
        let http = HTTPServerBuilder.http1(configuration: .init(additionalChannelHandlers: [ForcedDate()]))
        guard let tls else { return http }
        let chain = try NIOSSLCertificate.fromPEMFile(tls.certificate)
        let key = try NIOSSLPrivateKey(file: tls.key, format: .pem)
        return try .tls(
            http,
            tlsConfiguration: .makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(key)))
    }
}

/// Performs a `Reply` on a connection.
private struct Responder: HTTPResponder {
    /// Keeps the channel, which a dropped answer has to close.
    struct Context: InitializableFromSource {
        let channel: any Channel

        init(source: ApplicationRequestContextSource) {
            channel = source.channel
        }
    }

    /// Thrown inside a body to make Hummingbird close the connection.
    struct CutOff: Error {}

    let scheme: String
    let answer: @Sendable (Call) async throws -> Reply

    /// No request that a simulator understands comes near this.
    static let largestBody = 1 << 20

    @concurrent
    func respond(to request: Request, context: Context) async throws -> Response {
        let body = try await request.body.collect(upTo: Self.largestBody)
        let reply = try await answer(
            Call(
                method: request.method.rawValue,
                target: request.uri.string,
                headers: request.headers,
                body: Array(body.readableBytesView),
                origin: "\(scheme)://\(request.head.authority ?? "localhost")"))
        if reply.delay > .zero {
            try await Task.sleep(for: reply.delay)
        }
        return try await perform(reply, on: context.channel)
    }

    private func perform(_ reply: Reply, on channel: any Channel) async throws -> Response {
        switch reply.delivery {
        case .whole:
            return reply.response(body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
        case .dropBeforeHead:
            try await channel.close()
            throw CutOff()
        case .dropAfterHead:
            return reply.response(body: ResponseBody(contentLength: reply.body.count) { _ in throw CutOff() })
        case .truncated:
            let half = ByteBuffer(bytes: reply.body.prefix(reply.body.count / 2))
            return reply.response(
                body: ResponseBody(contentLength: reply.body.count) { writer in
                    try await writer.write(half)
                    throw CutOff()
                })
        }
    }
}

extension Reply {
    fileprivate func response(body: ResponseBody) -> Response {
        var fields = HTTPFields()
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { continue }
            fields.append(HTTPField(name: name, value: value))
        }
        return Response(status: .init(code: status), headers: fields, body: body)
    }
}
