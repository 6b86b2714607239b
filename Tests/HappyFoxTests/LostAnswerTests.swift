import Simulators
import Testing

@testable import HappyFox

/// What becomes of a write whose answer does not come.
@Suite struct LostAnswerTests {
    /// Each is carried out, or may be, and the answer says nothing.
    @Test(arguments: [
        "drop", "drop:after=head", "truncate", "notJSON", "unavailable:when=after", "gatewayTimeout:when=after",
        "html:when=after", "html:status=500,when=after", "unheard", "unavailable:when=before",
    ])
    func `it is lost, and sent once`(fault: String) async throws {
        try await HappyFoxSimulator.with { (simulator) async throws in
            simulator.setFaults([try Fault(parsing: fault, among: Fault.Kind.helpDesk)])
            try await Desk.with(simulator.baseURL) { (desk) async throws in
                let answers = try await desk.client.write(desk.create(3), [])
                #expect(answers.count == 3 && answers.allSatisfy { if case .lost = $0 { true } else { false } })
                #expect(simulator.requestCounts["POST users"]?.values.reduce(0, +) == 1)
                #expect(desk.log.passed == [.post])
            }
            let isWritten = !fault.hasPrefix("unheard") && !fault.hasSuffix("before")
            #expect(simulator.contacts.count == (isWritten ? 3 : 0))
        }
    }

    @Test(arguments: ["drop", "truncate", "notJSON", "unavailable", "gatewayTimeout", "html", "unheard"])
    func `a question is asked again, with growing pauses, and not for ever`(kind: String) async throws {
        try await HappyFoxSimulator.with { (simulator) async throws in
            simulator.setFaults([try Fault(parsing: "\(kind):at=1+2+3", among: Fault.Kind.helpDesk)])
            try await Desk.with(simulator.baseURL) { (desk) async throws in
                #expect(try await desk.client.probe() == 1)
                #expect(desk.log.slept == [.seconds(1), .seconds(2), .seconds(4)])
                simulator.setFaults([try Fault(parsing: kind, among: Fault.Kind.helpDesk)])
                let error = await #expect(throws: HappyFoxError.self) { try await desk.client.probe() }
                #expect(error?.kind == .unavailable)
                #expect(desk.log.passed.count == 8)
            }
        }
    }

    @Test func `a write that reached nobody is tried again and then told as an error`() async throws {
        // Nobody listens there, and no other test is given the port.
        let url = "http://127.0.0.1:1"
        try await Desk.with(url) { (desk) async throws in
            let error = await #expect(throws: HappyFoxError.self) { try await desk.client.write(desk.create(1), []) }
            #expect(error?.kind == .unavailable && error?.message.contains("refused the connection") == true)
            #expect(desk.log.passed.count == 4)
        }
    }

    @Test(arguments: [nil, "7", "date"])
    func `too many requests are the gate's affair`(retryAfter: String?) async throws {
        try await HappyFoxSimulator.with { (simulator) async throws in
            simulator.setFaults([Fault(.throttle, at: [1, 3], retryAfter: retryAfter)])
            try await Desk.with(simulator.baseURL) { (desk) async throws in
                #expect(try await desk.client.probe() == 1)
                // What was to be written may be old when it could be sent again.
                let lost = try await desk.client.write(desk.create(2), [])
                #expect(lost == lost.map { _ in .lost(HappyFoxClient.tooManyRequests.message) })
                #expect(try await desk.client.write(desk.create(2), []).count == 2)
                let asked = desk.log.throttled
                #expect(asked.count == 2)
                for wait in asked { #expect(retryAfter == nil ? wait == nil : (wait ?? .zero) > .zero) }
                #expect(desk.log.passed == [.get, .get, .post, .post])
                simulator.setFaults([Fault(.throttle)])
                let error = await #expect(throws: HappyFoxError.self) { try await desk.client.probe() }
                #expect(error?.kind == .unavailable && error?.message.contains("429") == true)
            }
        }
    }

    @Test(arguments: [401, 403], [HappyFoxKeyState.revoked, .disabled, .valid])
    func `a key that is not good is told as that, by reads and writes`(
        status: Int, state: HappyFoxKeyState
    ) async throws {
        var configuration = HappyFoxSimulator.Configuration()
        configuration.behaviour.badKeyStatus = status
        try await HappyFoxSimulator.with(configuration) { (simulator) async throws in
            simulator.setKey(state)
            try await Desk.with(simulator.baseURL, key: state == .valid ? "other-key:other-code" : Desk.key) {
                (desk) async throws in
                let read = await #expect(throws: HappyFoxError.self) { try await desk.client.probe() }
                let write = await #expect(throws: HappyFoxError.self) {
                    try await desk.client.write(desk.create(1), [])
                }
                #expect(read?.kind == .keyRefused && write?.kind == .keyRefused)
                // A write that is answered 403 may be refused for what is in it: the key itself is tried.
                #expect(desk.log.passed == [.get, .post] + (status == 403 ? [.get] : []), "nothing is tried again")
            }
        }
    }
}
