import FoundationEssentials

/// The proxy that the environment names, as curl and its many followers read it.
///
/// Only https passes through it: plain http is for loopback, and loopback never takes a proxy.
package struct ProxySettings: Sendable, Equatable {
    /// Without scheme.
    package let host: String
    /// 80 where the environment names none.
    package let port: Int
    let user: String?
    let password: String?
    private let exceptions: [String]

    /// Nil where `HTTPS_PROXY` is unset or empty; lower case wins, as in curl.
    ///
    /// - Throws: A `WebError` of kind `settings` for a value that names no http proxy; it never shows the value.
    package init?(environment: [String: String]) throws(WebError) {
        guard let value = environment["https_proxy"] ?? environment["HTTPS_PROXY"], !value.isEmpty else { return nil }
        let url = value.contains("://") ? value : "http://" + value
        guard let parts = URLComponents(string: url), parts.scheme?.lowercased() == "http",
            let host = parts.host, !host.isEmpty
        else {
            throw WebError(
                .settings, "HTTPS_PROXY does not name an http proxy",
                hints: ["write it as http://HOST:PORT; the proxy itself is spoken to without TLS"])
        }
        self.host = host
        port = parts.port ?? 80
        user = parts.user
        password = parts.password
        exceptions = (environment["no_proxy"] ?? environment["NO_PROXY"] ?? "")
            .split { $0 == "," || $0 == " " }.map { $0.lowercased() }
    }

    /// Whether requests to this origin take the proxy. An exception is `*`, a host (with or without port) or a domain
    /// (with or without leading dot) that stands for its subdomains too; ranges of addresses are not understood.
    package func applies(to origin: WebOrigin) -> Bool {
        if origin.isLoopback || origin.scheme != "https" { return false }
        return !exceptions.contains { exception in
            if exception == "*" { return true }
            let name = exception.hasPrefix(".") ? String(exception.dropFirst()) : exception
            return [origin.host, "\(origin.host):\(origin.port)"].contains { $0 == name || $0.hasSuffix("." + name) }
        }
    }
}

/// The password never shows.
extension ProxySettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(host):\(port)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["proxy": description]) }
}
