import Simulators
import Testing

@Suite struct OddDeltaTests {
    /// One round after these faults were set, and the first objects of it.
    private func round(
        _ fault: String, _ change: (RunningSimulator) throws -> Void = { _ in }, select: String = "displayName,city"
    ) async throws -> [JSONValue] {
        var configuration = EntraSimulator.Configuration()
        configuration.users = 5
        configuration.clean = true
        return try await EntraSimulator.with(configuration) { simulator in
            let client = try await Client(simulator)
            let link = try await client.collect("/v1.0/users/delta?$select=\(select)").deltaLink
            try simulator.patch(userAt: 0, ["city": "Ulm"])
            try simulator.patch(userAt: 1, ["city": "Bonn"])
            let second = try await client.collect(link).deltaLink
            try change(simulator)
            simulator.setFaults([try Fault(parsing: fault)])
            return try await client.collect(second).objects
        }
    }

    private func cities(_ objects: [JSONValue]) -> [String?] { objects.map { $0["city"]?.text } }

    private func reasons(_ objects: [JSONValue]) -> [String?] { objects.map { $0["@removed"]?["reason"]?.text } }

    @Test func `earlier changes come again`() async throws {
        #expect(cities(try await round("replay")) == ["Ulm", "Bonn"])
        #expect(cities(try await round("outOfOrder")) == [])
    }

    @Test func `objects come in any order, and as they were before they come as they are`() async throws {
        let change: (RunningSimulator) throws -> Void = { simulator in
            for index in 2..<4 { try simulator.patch(userAt: index, ["city": "City \(index)"]) }
        }
        #expect(cities(try await round("outOfOrder", change)) == ["City 3", "City 2"])
        let stale = cities(try await round("staleFirst", change))
        #expect(stale.count == 4 && stale[1] == "City 2" && stale[3] == "City 3" && stale[0] != "City 2")
    }

    @Test func `a removal comes twice, or before the user who is there`() async throws {
        let gone = try await round("removedTwice", { try $0.remove($0.id(ofUserAt: 3)) })
        #expect(reasons(gone) == ["changed", "deleted"] && gone[0]["id"] == gone[1]["id"])
        let back = try await round("restored", { try $0.patch(userAt: 3, ["city": "Ulm"]) })
        #expect(reasons(back) == ["changed", nil] && back[1]["city"] == "Ulm")
    }

    @Test func `null and missing are mixed up`() async throws {
        let clear: (RunningSimulator) throws -> Void = { try $0.patch(userAt: 0, ["city": nil]) }
        let select = "city,faxNumber"
        #expect(try await round("slow:seconds=0", clear, select: select).first?["faxNumber"] == nil)
        #expect(try await round("explicitNulls", clear, select: select).first?["faxNumber"] == .null)
        #expect(try await round("omittedNulls", clear, select: select).first?["city"] == nil)
    }
}
