import ContactSync
import Testing
import WireFixtures

@testable import HappyFox

/// Answers that the documentation does not show.
@Suite struct OddAnswerTests {
    private let html = "<!DOCTYPE html><html><body>Request blocked</body></html>"

    @Test(arguments: [400, 405, 408, 418, 451, 500, 502, 503])
    func `a page of HTML proves nothing`(status: Int) async throws {
        try await Desk.with(replies: [.answer(status, html)]) { (desk, server) async throws in
            let questions: [() async throws -> Bool] = [
                { try await desk.client.contact(ContactID(rawValue: 4)) != nil },
                { try await desk.client.contact(email: "a@b.example") != nil },
                { try await desk.client.contacts(page: 1).contacts.isEmpty },
                { try await desk.client.contacts(page: 2).contacts.isEmpty },
                { try await desk.client.fields().isEmpty },
            ]
            for ask in questions {
                let error = await #expect(throws: HappyFoxError.self) { try await ask() }
                #expect(error?.kind == .unavailable && error?.message.contains("happyfox answered") == true)
            }
            #expect(server.requests.count == 5 * 4, "each was tried four times")
        }
    }

    @Test func `an error in place of a search's list is no absence`() async throws {
        let error = Reply.answer(400, #"{"error":"Try later."}"#)
        try await Desk.with(replies: [error]) { (desk, _) async throws in
            #expect(try await desk.client.contact(ContactID(rawValue: 4)) == nil)
            let failure = await #expect(throws: HappyFoxError.self) {
                try await desk.client.contact(email: "a@b.example")
            }
            #expect(failure?.kind == .unavailable)
        }
    }

    @Test func `another contact than the one asked for is none`() async throws {
        try await Desk.with(replies: [.answer(200, #"{"id":5,"email":"x@b.example"}"#)]) { (desk, _) async throws in
            #expect(try await desk.client.contact(ContactID(rawValue: 4)) == nil)
        }
    }

    @Test func `an account that is none is told by its address`() async throws {
        for body in [#"{"hello":1}"#, "[1"] {
            try await Desk.with(replies: [.answer(404, body)]) { (desk, _) async throws in
                let error = await #expect(throws: HappyFoxError.self) { try await desk.client.probe() }
                #expect(error?.kind == .unexpected && error?.message.contains("does not answer as a HappyFox") == true)
            }
        }
    }

    @Test(arguments: [301, 302, 307, 308])
    func `a redirect is followed by nobody`(status: Int) async throws {
        let reply = Reply.answer(status, "", headers: ["Location: https://elsewhere.example/"])
        try await Desk.with(replies: [reply]) { (desk, server) async throws in
            let read = await #expect(throws: HappyFoxError.self) { try await desk.client.probe() }
            let write = await #expect(throws: HappyFoxError.self) { try await desk.client.write(desk.create(2), []) }
            #expect(read?.kind == .unexpected && write?.kind == .unexpected && server.requests.count == 2)
        }
    }

    /// Whatever a server repeats of it, wherever, and whatever the status.
    @Test(arguments: [200, 400, 403, 422, 500])
    func `the key reaches no error and no result`(status: Int) async throws {
        let key = try HappyFoxKey(Desk.key)
        let echo = "bad \(key.authorization) simulated-key simulated-code"
        let bodies = [
            #"{"error":"\#(echo)"}"#,
            #"[{"success":false,"error":"\#(echo)"},{"success":false,"errors":["\#(echo)"]}]"#,
            echo,
        ]
        for body in bodies {
            try await Desk.with(replies: [.answer(status, body)]) { (desk, _) async throws in
                var told = ""
                do { told += "\(try await desk.client.write(desk.create(2), []))" } catch { told += shown(error) }
                do { told += "\(try await desk.client.write(desk.create(1)[0], []))" } catch { told += shown(error) }
                do { told += "\(try await desk.client.probe())" } catch { told += shown(error) }
                #expect(!told.isEmpty && !told.contains("simulated") && !told.contains(key.authorization.dropFirst(6)))
            }
        }
    }

    private func shown(_ error: any Error) -> String { "\(error) \((error as? HappyFoxError)?.hints ?? [])" }

    @Test func `a bulk write that is refused as a whole is sent one by one`() async throws {
        let replies: [Reply] = [
            .answer(400, #"{"error":"Send less."}"#), .answer(200, #"{"id":1,"email":"new1@a.example","phones":[]}"#),
            .answer(400, #"{"error":[{"field":"name","errors":["No."]}]}"#),
        ]
        try await Desk.with(replies: replies) { (desk, server) async throws in
            let answers = try await desk.client.write(desk.create(2), [])
            #expect(answers == [.done(ContactID(rawValue: 1)), .refused("name: No.")] && server.requests.count == 3)
        }
    }
}
