import EntraID
import Synchronization
import Testing
import WireFixtures

struct DeviceCodeTests {
    final class Naps: Sendable {
        let all = Mutex<[Duration]>([])
    }

    private static let start = Reply.answer(
        200,
        #"{"device_code":"hidden","user_code":"ABC","verification_uri":"https://x.example/d","expires_in":900,"interval":5,"message":"Go there."}"#
    )

    private let naps = Naps()

    private func refused(_ error: String) -> Reply { .answer(400, #"{"error":"\#(error)","error_codes":[70016]}"#) }

    private func failure(_ replies: [Reply]) async throws -> EntraError {
        try await Exchange.run([DeviceCodeTests.start] + replies) { exchange in
            let signIn = try exchange.signIn { [naps] nap in naps.all.withLock { $0.append(nap) } }
            let code = try await signIn.startDeviceCode()
            return try #require(await #expect(throws: EntraError.self) { try await signIn.finish(code) })
        }
    }

    @Test func `a person sees the code and where to enter it`() async throws {
        try await Exchange.run([DeviceCodeTests.start]) { exchange in
            let code = try await exchange.signIn().startDeviceCode()
            #expect(code.userCode == "ABC" && code.verificationURI == "https://x.example/d")
            #expect(code.message == "Go there." && code.lifetime == .seconds(900) && code.interval == .seconds(5))
            #expect(exchange.server.requests[0].hasPrefix("POST /organizations/oauth2/v2.0/devicecode HTTP/1.1"))
            #expect(exchange.form(0)["client_id"] == "app")
            #expect(exchange.form(0)["scope"]?.hasPrefix("openid profile offline_access http") == true)
            var dumped = ""
            dump(code, to: &dumped)
            #expect(!dumped.contains("hidden"))
        }
    }

    @Test func `the poll waits as it is told until the person has signed in`() async throws {
        try await Exchange.run([]) { exchange in
            let root = exchange.server.root
            exchange.server.reply([
                DeviceCodeTests.start, refused("authorization_pending"), refused("slow_down"),
                refused("authorization_pending"), try TestIDToken(root).answer, TestIDToken.metadata(root),
                try TestIDToken.keys(root),
            ])
            let signIn = try exchange.signIn { [naps] nap in naps.all.withLock { $0.append(nap) } }
            let signedIn = try await signIn.finish(signIn.startDeviceCode())
            #expect(signedIn.identity.objectID == "o1" && signedIn.refreshToken.value == "r1")
            #expect(naps.all.withLock { $0 } == [.seconds(5), .seconds(5), .seconds(10), .seconds(10)])
            #expect(exchange.form(1)["device_code"] == "hidden")
            #expect(exchange.form(1)["grant_type"] == "urn:ietf:params:oauth:grant-type:device_code")
            #expect(exchange.form(1)["claims"] == #"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#)
        }
    }

    @Test func `a declined sign-in is told`() async throws {
        let error = try await failure([refused("authorization_declined")])
        #expect(error.kind == .authorizationRefused && error.message == "the sign-in was declined")
    }

    @Test func `an expired code is told`() async throws {
        let error = try await failure([refused("expired_token")])
        #expect(error.message == "the code expired before anybody signed in with it")
    }

    @Test func `a code that the service does not know is told`() async throws {
        let error = try await failure([refused("bad_verification_code")])
        #expect(error.message == "the sign-in service does not know the code that it gave")
    }

    @Test func `polling ends when the code's time is over`() async throws {
        let error = try await failure([refused("authorization_pending")])
        #expect(error.message == "the code expired before anybody signed in with it")
        #expect(naps.all.withLock { $0.count } == 180)
    }

    @Test func `an app that is no public client is told what it lacks`() async throws {
        let error = try await failure([.answer(401, #"{"error":"invalid_client","error_codes":[7000218]}"#)])
        #expect(error.aadsts == 7_000_218 && error.hints.first?.contains("public client flows") == true)
    }

    @Test func `a cancelled wait ends at once`() async throws {
        try await Exchange.run([DeviceCodeTests.start, refused("authorization_pending")]) { exchange in
            let signIn = try exchange.signIn { try await Task.sleep(for: $0) }
            let code = try await signIn.startDeviceCode()
            let task = Task { try await signIn.finish(code) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }
}
