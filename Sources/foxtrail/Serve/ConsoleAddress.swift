import ArgumentParser

/// Where the console listens: HOST:PORT, or nowhere.
enum ConsoleAddress: Equatable, ExpressibleByArgument {
    case none
    case at(host: String, port: Int)

    /// Where it listens unless told otherwise.
    static let usual = at(host: "127.0.0.1", port: 8736)

    /// - Parameter argument: `127.0.0.1:8736`, `[::1]:8736`, `:8736` (loopback), or `none`.
    init?(argument: String) {
        if argument == "none" {
            self = .none
            return
        }
        guard let colon = argument.lastIndex(of: ":"),
            let port = UInt16(argument[argument.index(after: colon)...])
        else { return nil }
        var host = argument[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        self = .at(host: host.isEmpty ? "127.0.0.1" : String(host), port: Int(port))
    }

    /// As it is written in a URL.
    static func text(host: String, port: Int) -> String {
        (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
    }
}
