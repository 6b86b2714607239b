import EntraID
import HTTP
import Testing

struct RedirectListenerTests {
    @Test func `the browser gets a page that holds nothing of the address`() async throws {
        try await Exchange.run([]) { exchange in
            try await RedirectListener.run { (listener) async throws in
                let request = WebRequest(.get, listener.redirectURI + "?code=hidden&state=s", service: "browser")
                let response = try await exchange.web.send(request)
                #expect(response.status == 200 && response.header("Cache-Control") == "no-store")
                #expect(response.header("Referrer-Policy") == "no-referrer")
                #expect(!String(decoding: response.body, as: UTF8.self).contains("hidden"))
                #expect(try await listener.query() == "code=hidden&state=s")
            }
        }
    }

    @Test(arguments: ["favicon.ico", "", "x?code=c"])
    func `other requests do not end the wait`(path: String) async throws {
        try await Exchange.run([]) { exchange in
            try await RedirectListener.run { (listener) async throws in
                let other = WebRequest(.get, listener.redirectURI + path, service: "browser")
                #expect(try await exchange.web.send(other).status == 404)
                let right = WebRequest(.get, listener.redirectURI + "?error=e", service: "browser")
                #expect(try await exchange.web.send(right).status == 200)
                #expect(try await listener.query() == "error=e")
            }
        }
    }

    @Test func `nobody coming in time is told`() async throws {
        let error = await #expect(throws: EntraError.self) {
            try await RedirectListener.run(timeout: .milliseconds(50)) { try await $0.query() }
        }
        #expect(error?.message == "nobody completed the sign-in in the browser in time")
    }

    @Test func `a cancelled wait ends at once`() async throws {
        let task = Task { try await RedirectListener.run { try await $0.query() } }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `the port is closed afterwards`() async throws {
        let address = try await RedirectListener.run { $0.redirectURI }
        try await Exchange.run([]) { exchange in
            do {
                // A server of another test may have been given the port by now: what it answers is none of our pages.
                let other = try await exchange.web.send(WebRequest(.get, address + "?error=e", service: "browser"))
                #expect(other.header("Referrer-Policy") == nil)
            } catch let error as WebError {
                #expect(error.kind == .unreachable(.refused))
            }
        }
    }
}
