internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTPCompression
internal import NIOSSL

extension WebSettings {
    func clientConfiguration() throws(WebError) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: try tls(), redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(connectTimeout), read: TimeAmount(idleTimeout)),
            // The size is held here because an inflated body is not yet known when its length is announced.
            decompression: .enabled(limit: .size(maximumBody)))
        // One request a connection at a time: what a dropped connection means is then plain.
        configuration.httpVersion = .http1Only
        // Our own policy decides about another attempt, and is seen to do so.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    private func tls() throws(WebError) -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        guard let certificateFile else { return tls }
        let certificates: [NIOSSLCertificate]
        do {
            certificates = try NIOSSLCertificate.fromPEMFile(certificateFile)
        } catch {
            throw unusable(certificateFile)
        }
        if certificates.isEmpty { throw unusable(certificateFile) }
        tls.additionalTrustRoots = [.certificates(certificates)]
        return tls
    }

    private func unusable(_ file: String) -> WebError {
        WebError(
            .settings, "no certificates can be read from \(file)",
            hints: ["the file must exist and hold PEM blocks that begin with -----BEGIN CERTIFICATE-----"])
    }
}

extension HTTPClient.Configuration {
    func through(_ proxy: ProxySettings) -> Self {
        var configuration = self
        let authorization = proxy.user.map {
            HTTPClient.Authorization.basic(username: $0, password: proxy.password ?? "")
        }
        configuration.proxy = .server(host: proxy.host, port: proxy.port, authorization: authorization)
        return configuration
    }
}
