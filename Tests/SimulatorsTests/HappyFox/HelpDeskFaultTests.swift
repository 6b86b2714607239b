import Simulators
import Synchronization
import Testing

@Suite struct HelpDeskFaultTests {
    static let ann: JSONValue = ["name": "Ann", "email": "ann@example.com"]

    @Test(
        arguments: [
            ("throttle:retry-after=7", 429, "7"), ("unavailable", 503, nil), ("gatewayTimeout", 504, nil),
            ("html", 502, nil), ("html:status=500", 500, nil),
        ] as [(String, Int, String?)])
    func `a refusal leaves nothing behind, and a late one does`(
        fault: String, status: Int, retryAfter: String?
    ) async throws {
        try await HappyFoxSimulator.with { desk in
            let client = DeskClient(desk)
            desk.setFaults([try Fault(parsing: fault)])
            let refused = try await client.post("users/", Self.ann)
            #expect(refused.status == status && refused.headers["retry-after"] == retryAfter)
            #expect(desk.contacts.isEmpty)
            desk.setFaults([try Fault(parsing: fault + (fault.contains(":") ? "," : ":") + "when=after")])
            #expect(try await client.post("users/", Self.ann).status == status)
            #expect(desk.contacts.count == 1)
        }
    }

    @Test(arguments: [
        ("drop", 1), ("drop:after=head", 1), ("truncate", 1), ("unheard", 0),
    ])
    func `a connection is cut after the request was processed, or before`(fault: String, contacts: Int) async throws {
        try await HappyFoxSimulator.with { desk in
            desk.setFaults([try Fault(parsing: fault)])
            await #expect(throws: (any Error).self) { try await DeskClient(desk).post("users/", Self.ann) }
            #expect(desk.contacts.count == contacts)
            #expect(desk.requests.map(\.status) == [fault == "drop" || fault == "unheard" ? 0 : 200])
        }
    }

    @Test func `reads and writes are counted alone`() async throws {
        try await HappyFoxSimulator.with { desk async throws in
            let client = DeskClient(desk)
            desk.setFaults([Fault(.unavailable, scope: .write, at: [2]), Fault(.html, scope: .read, at: [1])])
            #expect(try await client.post("users/", Self.ann).status == 200)
            #expect(try await client.get("staff/").status == 502)
            #expect(try await client.post("users/", Self.ann).status == 503)
            #expect(try await client.get("staff/").status == 200)
        }
    }

    @Test func `an answer can be a page`() async throws {
        try await HappyFoxSimulator.with { desk in
            desk.setFaults([Fault(.notJSON)])
            let answer = try await DeskClient(desk).post("users/", Self.ann)
            #expect(answer.status == 200 && answer.text.hasPrefix("<!DOCTYPE html>"))
            #expect(desk.contacts.count == 1)
        }
    }

    /// Told by what the wait lies between, not by waiting: a busy machine makes everything late.
    @Test(arguments: [Fault.When.before, .after])
    func `a slow answer is slow before the request is processed, or after`(when: Fault.When) async throws {
        let clock = HappyFoxSimulator.Configuration().now
        let heard = Mutex<Int64>(0)
        let configuration = HappyFoxSimulator.Configuration { configuration in
            configuration.onRequest = { heard.withLock { $0 = clock() } }
            configuration.faults = [Fault(.slow, seconds: 0.5, when: when)]
        }
        try await HappyFoxSimulator.with(configuration) { desk in
            #expect(try await DeskClient(desk).post("users/", Self.ann).status == 200)
            let answered = clock()
            let written = try #require(desk.contacts.first?.createdAt)
            let wait = when == .before ? written - heard.withLock { $0 } : answered - written
            #expect(wait >= 499)
        }
    }

    @Test func `each far end knows its own faults`() {
        #expect(throws: Fault.ParsingError.self) { try Fault(parsing: "gone", among: Fault.Kind.helpDesk) }
        #expect(throws: Fault.ParsingError.self) { try Fault(parsing: "unheard", among: Fault.Kind.entra) }
        #expect(throws: Fault.ParsingError.self) { try Fault(parsing: "drop:when=before") }
        #expect(throws: Fault.ParsingError.self) { try Fault(parsing: "html:status=404") }
        #expect(Set(Fault.Kind.helpDesk + Fault.Kind.entra) == Set(Fault.Kind.allCases))
    }
}
