import Simulators
import Testing

struct PortTests {
    @Test func `a port that somebody has is told as such`() async throws {
        try await HappyFoxSimulator.with { running in
            var configuration = HappyFoxSimulator.Configuration()
            let port = try #require(Int(running.baseURL.split(separator: ":").last ?? ""))
            configuration.port = port
            let second = HappyFoxSimulator(configuration)
            await #expect(throws: PortError.inUse(port)) { try await second.run() }
        }
    }
}
