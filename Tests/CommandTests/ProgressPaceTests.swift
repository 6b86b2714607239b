import Testing

@testable import foxtrail

@Suite struct ProgressPaceTests {
    private let start = ContinuousClock.now

    private func work(_ done: Int64, of total: Int64? = nil, label: String = "folding", isEstimate: Bool = false)
        -> ProgressPace.Work
    {
        ProgressPace.Work(label: label, done: done, total: total, isEstimate: isEstimate, unit: "events")
    }

    private func lines(_ reader: ProgressPace.Reader, _ told: [(milliseconds: Int, work: ProgressPace.Work)])
        -> [String?]
    {
        var pace = ProgressPace(reader, at: start)
        return told.map { pace.line($0.work, at: start + .milliseconds($0.milliseconds)) }
    }

    @Test func `a terminal sees a bar, the rate and the time that is left, ten times a second at most`() {
        let told = [(0, 0), (50, 10), (1000, 100), (1050, 110), (2000, 200), (4000, 400)].map {
            ($0.0, work($0.1, of: 400))
        }
        #expect(
            lines(.terminal, told) == [
                "folding: [....................] 0 of 400 events", nil,
                "folding: [#####...............] 100 of 400 events, 100 events/s, 0:03 left", nil,
                "folding: [##########..........] 200 of 400 events, 100 events/s, 0:02 left",
                "folding: [####################] 400 of 400 events, 100 events/s, 0:00 left",
            ])
    }

    @Test func `without a whole it sees how long it has taken`() {
        #expect(lines(.terminal, [(0, work(5)), (61_000, work(615))]).last == "folding: 615 events, 10 events/s, 1:01")
    }

    @Test func `a log is told nothing of what is short, and else a line in ten seconds`() {
        let told = (0...30).map { ($0 * 1000, work(Int64($0) * 50, of: 100_000)) }
        #expect(
            lines(.log, told).compactMap(\.self) == [
                "folding: 500 of 100000 events, 50 events/s, 33:10 left",
                "folding: 1000 of 100000 events, 50 events/s, 33:00 left",
                "folding: 1500 of 100000 events, 50 events/s, 32:50 left",
            ])
        #expect(lines(.log, [(0, work(1)), (9_999, work(2))]) == [nil, nil])
    }

    @Test func `work that goes on from earlier work is not as fast as both together`() {
        let told = [(0, work(900_000, of: 1_000_000)), (10_000, work(910_000, of: 1_000_000))]
        #expect(lines(.log, told).last == "folding: 910000 of 1000000 events, 1000 events/s, 1:30 left")
    }

    @Test func `an estimate that is passed is no whole any more, and another label begins anew`() {
        let told = [
            (0, work(0, of: 100, isEstimate: true)), (1000, work(50, of: 100, isEstimate: true)),
            (3000, work(150, of: 100, isEstimate: true)), (3001, work(7, label: "b")),
        ]
        #expect(
            lines(.terminal, told).dropFirst() == [
                "folding: [##########..........] 50 of about 100 events, 50 events/s, 0:01 left",
                "folding: 150 events, 50 events/s, 0:03", "b: 7 events, 0:00",
            ])
    }

    @Test func `hours are told as hours`() {
        let told = [(0, work(0, of: 1_000_000)), (100_000, work(10_000, of: 1_000_000))]
        #expect(lines(.log, told).last == "folding: 10000 of 1000000 events, 100 events/s, 2:45:00 left")
    }
}
