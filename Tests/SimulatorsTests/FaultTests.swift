import Testing

@testable import Simulators

@Suite struct FaultTests {
    static let spelled: [(String, Fault)] = [
        ("throttle:every=5,retry-after=0.2", Fault(.throttle, every: 5, retryAfter: "0.2")),
        ("drop:at=3", Fault(.drop, at: [3])),
        ("truncate:at=2+7", Fault(.truncate, at: [2, 7])),
        ("unavailable:scope=token,from=1", Fault(.unavailable, scope: .token, from: 1)),
        ("slow:seconds=1.5", Fault(.slow, seconds: 1.5)),
        ("drop:at=1,after=head", Fault(.drop, at: [1], after: "head")),
        ("expiredDelta", Fault(.expiredDelta)),
        ("aadsts:code=50057,from=2", Fault(.aadsts, from: 2, code: 50057)),
        ("badIDToken:what=nonce", Fault(.badIDToken, what: "nonce")),
        ("clockSkew:seconds=-60", Fault(.clockSkew, seconds: -60)),
    ]

    @Test(arguments: spelled)
    func `a fault is read as it is spelled`(text: String, fault: Fault) throws {
        #expect(try Fault(parsing: text) == fault)
    }

    @Test(arguments: [
        "", "explode", "drop:at", "drop:at=0", "drop:at=x", "drop:when=3", "throttle:scope=moon", "slow:seconds=-1",
        "aadsts",
    ])
    func `what is no fault is refused`(text: String) {
        #expect(throws: Fault.ParsingError.self) { try Fault(parsing: text) }
    }

    @Test func `a fault strikes the requests it names`() {
        func struck(_ fault: Fault) -> [Int] {
            var plan = FaultPlan([fault])
            return (1...8).filter { _ in !plan.next([.data]).isEmpty }
        }
        #expect(struck(Fault(.drop, at: [2, 7])) == [2, 7])
        #expect(struck(Fault(.drop, every: 3)) == [3, 6])
        #expect(struck(Fault(.drop, from: 6)) == [6, 7, 8])
        #expect(struck(Fault(.drop, scope: .token)) == [])
    }
}
