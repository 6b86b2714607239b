import HTTP
import Synchronization
import Testing
import WireFixtures

/// Over real sockets: what the libraries below make of broken answers is exactly the question.
struct WebClientTests {
    private let waits = Waits()

    final class Waits: Sendable {
        let all = Mutex<[String]>([])
        let slept = Mutex<[Duration]>([])
    }

    private func client(_ change: (inout WebSettings) -> Void = { _ in }) throws -> WebClient {
        var settings = WebSettings()
        settings.environment = [:]
        settings.onWait = { [waits] wait in waits.all.withLock { $0.append("\(wait)") } }
        settings.sleep = { [waits] duration in waits.slept.withLock { $0.append(duration) } }
        change(&settings)
        return try WebClient(settings)
    }

    private func get(_ url: String) -> WebRequest { WebRequest(.get, url, service: "graph") }

    private func failure(_ client: WebClient, _ url: String) async throws -> WebError {
        try #require(await #expect(throws: WebError.self) { try await client.send(get(url)) })
    }

    @Test func `a response comes whole`() async throws {
        try await RawServer.run([.answer(404, "{}", headers: ["X-Thing: one"])]) { server in
            let client = try client()
            let response = try await client.send(get(server.root + "/a?b=c"))
            #expect(response.status == 404)
            #expect(response.header("x-thing") == "one")
            #expect(response.body == Array("{}".utf8))
            #expect(server.requests.first?.hasPrefix("GET /a?b=c HTTP/1.1\r\n") == true)
            await client.shutdown()
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a\"",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"a\"\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"a\"",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "",
    ])
    func `a connection that ends in the middle is tried again and never a short body`(bytes: String) async throws {
        try await RawServer.run([.raw(bytes, closes: true)]) { server in
            let client = try client()
            let error = try await failure(client, server.root)
            #expect(error.kind == .truncated)
            #expect(error.message.hasSuffix("8 times in a row"))
            #expect(client.requestsSent == 8)
            await client.shutdown()
        }
    }

    @Test func `a dropped connection is made good by the next attempt`() async throws {
        let broken = Reply.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{", closes: true)
        try await RawServer.run([broken, .answer(200, "{}")]) { server in
            let client = try client()
            #expect(try await client.send(get(server.root)).body == Array("{}".utf8))
            #expect(client.requestsSent == 2)
            await client.shutdown()
        }
    }

    @Test func `throttling is waited out as long as the server asks`() async throws {
        let busy = Reply.answer(429, "{}", headers: ["Retry-After: 12.5"])
        try await RawServer.run([busy, .answer(503), .answer(200, "{}")]) { server in
            let client = try client()
            #expect(try await client.send(get(server.root)).status == 200)
            #expect(waits.slept.withLock { $0.first } == .milliseconds(12_500))
            #expect(waits.all.withLock { $0.first } == "throttled by graph, waiting 13 s")
            await client.shutdown()
        }
    }

    @Test func `a wait that is too long is named`() async throws {
        try await RawServer.run([.answer(429, headers: ["Retry-After: 900"])]) { server in
            let client = try client()
            let error = try await failure(client, server.root)
            #expect(error.kind == .throttled && error.status == 429)
            #expect(error.message == "graph answered 429 and asks to wait 15 min, which is longer than we wait")
            await client.shutdown()
        }
    }

    @Test func `a body that its reader calls broken is asked for again`() async throws {
        try await RawServer.run([.answer(200, "{"), .answer(200, "{}")]) { server in
            let client = try client()
            let body = try await client.send(get(server.root)) { (response) -> Reading<[UInt8]> in
                response.body.count == 2 ? .value(response.body) : .broken("half a page")
            }
            #expect(body == Array("{}".utf8))
            await client.shutdown()
        }
    }

    @Test func `a redirect is not followed`() async throws {
        try await RawServer.run([.answer(302, headers: ["Location: https://evil.example/"])]) { server in
            let client = try client()
            #expect(try await client.send(get(server.root)).status == 302)
            #expect(client.requestsSent == 1)
            await client.shutdown()
        }
    }

    @Test(arguments: [true, false])
    func `a body over the limit is refused at once`(announced: Bool) async throws {
        let head = announced ? "Content-Length: 2000" : "Transfer-Encoding: chunked"
        let body = String(repeating: "a", count: 2_000)
        let bytes = "HTTP/1.1 200 OK\r\n\(head)\r\n\r\n" + (announced ? body : "7d0\r\n\(body)\r\n0\r\n\r\n")
        try await RawServer.run([.raw(bytes)]) { server in
            let client = try client { $0.maximumBody = 1_000 }
            #expect(try await failure(client, server.root).kind == .tooLarge)
            #expect(client.requestsSent == 1)
            await client.shutdown()
        }
    }

    @Test(arguments: [(1 << 20, true), (1_000, false)])
    func `a compressed body counts with its real size`(limit: Int, fits: Bool) async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(Gzip.small.count)\r\n\r\n"
        try await RawServer.run([.raw(Array(head.utf8) + Gzip.small)]) { server in
            let client = try client { $0.maximumBody = limit }
            if fits {
                #expect(try await client.send(get(server.root)).body.count == Gzip.inflatedCount)
            } else {
                #expect(try await failure(client, server.root).kind == .tooLarge)
            }
            #expect(server.requests.first?.lowercased().contains("accept-encoding: deflate, gzip") == true)
            await client.shutdown()
        }
    }

    @Test func `half a compressed body is a truncated one`() async throws {
        let half = Array(Gzip.small.dropLast(12))
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(half.count)\r\n\r\n"
        try await RawServer.run([.raw(Array(head.utf8) + half)]) { server in
            let client = try client()
            #expect(try await failure(client, server.root).kind == .truncated)
            await client.shutdown()
        }
    }

    @Test func `silence ends in a timeout`() async throws {
        try await RawServer.run([.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{")]) { server in
            let client = try client {
                $0.idleTimeout = .milliseconds(50)
                $0.retry.attempts = 2
            }
            #expect(try await failure(client, server.root).kind == .timeout)
            await client.shutdown()
        }
    }

    @Test func `a port on which nobody listens refuses`() async throws {
        // A port that is given to nobody: one that was free a moment ago may be another test's by now.
        let root = "http://127.0.0.1:1"
        let client = try client()
        let error = try await failure(client, root + "/secret?token=hidden")
        #expect(error.kind == .unreachable(.refused))
        #expect(error.message == "\(root) refused the connection (graph), 4 times in a row")
        await client.shutdown()
    }

    @Test(arguments: [
        "http://graph.microsoft.com/v1.0/users", "ftp://localhost/", "users", "http://127.0.0.1.evil.example/",
    ])
    func `plain http beyond this machine is refused before a connection is made`(url: String) async throws {
        let client = try client()
        #expect(try await failure(client, url).kind == .notAllowed)
        #expect(client.requestsSent == 0)
        await client.shutdown()
    }

    @Test(arguments: ["/nowhere/ca.pem", "/etc/hostname"])
    func `a certificate file that holds none is named`(path: String) throws {
        let error = try #require(throws: WebError.self) { try client { $0.certificateFile = path } }
        #expect(error.kind == .settings && error.message.contains(path))
    }

    @Test func `https goes through the proxy of the environment`() async throws {
        let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
        try await RawServer.run([.raw(refusal, closes: true)]) { server in
            let client = try client {
                let proxy = server.root.replacing("http://", with: "http://me:pw@")
                $0.environment = ["https_proxy": proxy, "no_proxy": "direct.invalid"]
            }
            let error = try await failure(client, "https://graph.invalid/v1.0/users")
            #expect(error.kind == .unreachable(.proxy) && !error.message.contains("pw"))
            let request = try #require(server.requests.first)
            #expect(request.hasPrefix("CONNECT graph.invalid:443 HTTP/1.1\r\n"))
            #expect(request.lowercased().contains("proxy-authorization: basic bwu6chc="))
            let count = server.requests.count
            #expect(try await failure(client, "https://direct.invalid/").kind == .unreachable(.dns))
            #expect(server.requests.count == count)
            await client.shutdown()
        }
    }

    @Test func `a failure keeps the service's name for the request`() async throws {
        try await RawServer.run([.answer(503, headers: ["request-id: r"])]) { server in
            let client = try client()
            #expect(try await failure(client, server.root).requestID == "r")
            await client.shutdown()
        }
    }

    @Test func `a client that nobody shut down does no harm`() throws {
        _ = try client()
    }

    @Test func `a request prints without its secrets`() {
        let request = WebRequest(
            .post, "https://x.example/a?token=hidden", service: "graph", headers: [("Authorization", "hidden")],
            body: .form([("client_secret", "hidden")]))
        var dumped = ""
        dump(request, to: &dumped)
        #expect(!"\(request) \(String(reflecting: request)) \(dumped)".contains("hidden"))
    }
}
