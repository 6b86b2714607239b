import HTTP
import Testing

struct WaitTests {
    @Test(arguments: [
        (0, "0 s"), (449, "0.4 s"), (2_000, "2 s"), (9_949, "9.9 s"), (9_950, "10 s"), (119_400, "119 s"),
        (120_000, "2 min"), (7_169_000, "119 min"), (7_170_000, "2 h"), (12_000_000, "3 h 20 min"),
        (172_769_000, "47 h 59 min"), (172_770_000, "2 days"), (302_400_000, "4 days"),
    ])
    func `a duration is told in the unit that fits it`(milliseconds: Int, words: String) {
        #expect(Duration.milliseconds(milliseconds).inWords == words)
    }

    @Test func `a wait says why and for how long`() {
        let wait = Wait(service: "graph", reason: .throttled, duration: .seconds(12), attempt: 1)
        #expect("\(wait)" == "throttled by graph, waiting 12 s")
    }
}
