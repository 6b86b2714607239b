internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOPosix
internal import NIOSSL

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension WebError {
    /// Sorts an error of the libraries below us. Their own texts are not shown: they can hold addresses and queries.
    init(transport error: any Error, _ origin: WebOrigin, _ service: String, limit: Int) {
        let kind = WebError.kind(error)
        self.init(
            kind, WebError.message(kind, origin, service, limit: limit), host: origin.host, hints: WebError.hints(kind))
    }

    /// The same error, with why no further attempt was made.
    func after(_ reason: RetryState.GiveUp) -> WebError {
        var error = self
        switch reason {
        case .pointless: break
        case .attemptsUsedUp(let count): error.message += count == 1 ? "" : ", \(count) times in a row"
        case .waitTooLong(let wait): error.message += " and asks to wait \(wait.inWords), which is longer than we wait"
        }
        return error
    }

    private static func kind(_ error: any Error) -> Kind {
        switch error {
        case let error as HTTPClientError: kind(client: error)
        case let error as NIOConnectionError: kind(connection: error)
        case is NIOTooManyBytesError, NIOHTTPDecompression.DecompressionError.limit: .tooLarge
        case is NIOHTTPDecompression.DecompressionError, is NIOHTTPDecompression.ExtraDecompressionError: .truncated
        case is HTTPParserError: .truncated
        case NIOSSLError.uncleanShutdown: .truncated
        case NIOSSLError.handshakeFailed(.sslError), is NIOSSLExtraError: .unreachable(.tls)
        case NIOSSLError.unableToValidateCertificate, NIOSSLError.noCertificateToValidate: .unreachable(.tls)
        case ChannelError.connectTimeout: .timeout
        case let error as IOError: kind(system: error)
        case is ChannelError: .truncated
        default: .unreachable(.network)
        }
    }

    private static func kind(client error: HTTPClientError) -> Kind {
        switch error {
        case .connectTimeout, .getConnectionFromPoolTimeout, .readTimeout, .writeTimeout, .deadlineExceeded,
            .tlsHandshakeTimeout, .httpProxyHandshakeTimeout:
            .timeout
        case .remoteConnectionClosed, .uncleanShutdown, .bodyLengthMismatch: .truncated
        case .proxyAuthenticationRequired, .invalidProxyResponse: .unreachable(.proxy)
        case .invalidURL, .emptyHost, .emptyScheme: .notAllowed
        default: .unreachable(.network)
        }
    }

    private static func kind(connection error: NIOConnectionError) -> Kind {
        let failures = error.connectionErrors
        if failures.isEmpty { return error.dnsAError ?? error.dnsAAAAError == nil ? .timeout : .unreachable(.dns) }
        let refused = failures.contains { ($0.error as? IOError)?.errnoCode == ECONNREFUSED }
        if refused { return .unreachable(.refused) }
        return failures.contains { $0.error is ChannelError } ? .timeout : .unreachable(.network)
    }

    private static func kind(system error: IOError) -> Kind {
        switch error.errnoCode {
        case ECONNREFUSED: .unreachable(.refused)
        case ECONNRESET, EPIPE: .truncated
        case ETIMEDOUT: .timeout
        default: .unreachable(.network)
        }
    }

    private static func message(_ kind: Kind, _ origin: WebOrigin, _ service: String, limit: Int) -> String {
        switch kind {
        case .unreachable(.dns): "no address is known for \(origin.host) (\(service))"
        case .unreachable(.refused): "\(origin) refused the connection (\(service))"
        case .unreachable(.tls): "no trusted TLS connection to \(origin) could be made (\(service))"
        case .unreachable(.proxy): "the proxy did not connect to \(origin) (\(service))"
        case .unreachable(.network): "\(origin) cannot be reached (\(service))"
        case .timeout: "\(origin) did not answer in time (\(service))"
        case .truncated: "\(origin) ended the connection in the middle of a response (\(service))"
        case .tooLarge: "\(origin) sent more than \(limit >> 20) MB (\(service))"
        case .status, .throttled, .notJSON, .notAllowed, .settings: "\(origin) could not be asked (\(service))"
        }
    }

    private static func hints(_ kind: Kind) -> [String] {
        switch kind {
        case .unreachable(.dns), .unreachable(.network):
            ["check the address and the network; a proxy is taken from HTTPS_PROXY"]
        case .unreachable(.refused): ["check the address and that the service runs"]
        case .unreachable(.tls):
            ["where a private authority signs certificates, give its own with --ca-file"]
        case .unreachable(.proxy): ["check HTTPS_PROXY and the user name and password in it"]
        case .timeout, .truncated, .status, .throttled, .notJSON, .tooLarge, .notAllowed, .settings: []
        }
    }
}
