import Console
import Foundation
import Logging

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Asks a console that runs for as long as the body takes.
struct Visitor {
    let port: Int

    struct Answer {
        let status: Int
        let headers: [String: String]
        let text: String
    }

    @discardableResult
    static func with<T>(
        home: String, pulse: Pulse = Pulse(), counters: Counters = .shared,
        nextSync: @escaping @Sendable () -> Int64? = { nil }, _ body: (Visitor) async throws -> T
    ) async throws -> T {
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        let server = ConsoleServer(
            host: "127.0.0.1", port: 0, home: home, pulse: pulse, version: "1.2.3",
            now: { Int64(Date().timeIntervalSince1970 * 1000) }, nextSync: nextSync,
            counters: counters, logger: quietLogger, onReady: { ready.yield($0) })
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            defer { group.cancelAll() }
            let port = await ports.first { _ in true } ?? 0
            return try await body(Visitor(port: port))
        }
    }

    static var quietLogger: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }

    func ask(_ path: String, method: String = "GET") async throws -> Answer {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else { throw URLError(.badURL) }
        var request = URLRequest(url: url, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: 30)
        request.httpMethod = method
        let (data, response) = try await URLSession.shared.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        let fields = response.allHeaderFields.map { ("\($0.key)".lowercased(), "\($0.value)") }
        return Answer(
            status: response.statusCode, headers: Dictionary(fields) { first, _ in first },
            text: String(decoding: data, as: UTF8.self))
    }

    /// The samples of `/metrics`, by name and labels as they are written; every line is one, or a comment.
    func metrics() async throws -> [String: Double] {
        let lines = try await ask("/metrics").text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        let samples = try lines.map { line in
            guard let space = line.lastIndex(of: " "), let value = Double(line[line.index(after: space)...]) else {
                throw CocoaError(.formatting)
            }
            return (String(line[..<space]), value)
        }
        return Dictionary(uniqueKeysWithValues: samples)
    }
}
