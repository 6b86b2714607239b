import ArgumentParser
import Foundation
import Simulators

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Play the whole story on a simulated tenant, in a temporary home, printing each command.",
        discussion: "Example: foxtrail demo")

    func run() async throws {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("foxtrail-demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: home) }
        var configuration = EntraSimulator.Configuration()
        configuration.users = 250
        let scene = configuration
        try await EntraSimulator.with(scene) { simulator in
            try await DemoStory(home: home, simulator: simulator, configuration: scene).play()
        }
        Output.line("\nThat was the whole story. Its home was \(home.path), deleted now.")
    }
}

/// The story, command by command; each one is a process of its own, as an admin would run it.
private struct DemoStory {
    let home: URL
    let simulator: RunningSimulator
    let configuration: EntraSimulator.Configuration

    func play() async throws {
        try write("secret.txt", configuration.clientSecret + "\n")
        try write(
            "settings.yaml",
            """
            contactSync: true
            phones: {mobile: mobilePhone}
            customFields: {Department: department, "Employee number": employeeId}
            """)
        try await say(
            "Open the account and install the app.",
            [
                "init", "--account", "Acme", "--time-zone", "Europe/Berlin", "--portal-url", "https://acme.example",
                "--admin", "ann@acme.example",
            ])
        try await run(["app", "install"])
        try await say(
            "The help desk has two custom fields.", ["field", "add", "Department", "--type", "text", "--required"])
        try await run(["field", "add", "Employee number", "--type", "number"])
        try await say(
            "Authorize a tenant (simulated here, over real HTTP).",
            [
                "tenant", "authorize", "--tenant", configuration.defaultDomain, "--client-id", configuration.clientID,
                "--client-secret-file", "secret.txt",
                "--authority", simulator.baseURL, "--graph", simulator.baseURL,
            ])
        try await say(
            "Map fields and switch the sync on: the first one starts at once. Exit code 2: some records failed.",
            ["settings", "apply", "settings.yaml"], expecting: [2])
        try await run(["tenant", "list"])
        try await say("The report tells why, a row for each user.", ["log", "report", "-o", "report.csv"])
        let failed = try firstFailed()
        try await say("One of them, explained.", ["explain", failed])
        try await say("Two users change in Entra ID; the next sync reads only them.", nil)
        _ = try simulator.patch(userAt: 1, ["department": "Moved"])
        _ = try simulator.patch(userAt: 2, ["displayName": "A New Name"])
        try await run(["sync", "run"], expecting: [2])
        try await say("Decide both syncs again from the journal alone, and compare.", ["replay"])
        try await say("Nothing in the journal was touched since it was written.", ["journal", "verify"])
        try await run(["projections", "check"])
    }

    private func say(_ text: String, _ arguments: [String]?, expecting codes: Set<Int32> = [0]) async throws {
        Output.line("\n# \(text)")
        if let arguments { try await run(arguments, expecting: codes) }
    }

    private func run(_ arguments: [String], expecting codes: Set<Int32> = [0]) async throws {
        Output.line("$ foxtrail " + arguments.map { $0.contains(" ") ? "\"\($0)\"" : $0 }.joined(separator: " "))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = arguments
        process.currentDirectoryURL = home
        var environment = ProcessInfo.processInfo.environment
        environment["FOXTRAIL_HOME"] = home.path + "/home"
        environment["FOXTRAIL_AGENT"] = "ann@acme.example"
        process.environment = environment
        let code: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        guard codes.contains(code) else { throw Failure(.bug, "the demo's command ended with exit code \(code)") }
    }

    private func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: home.appendingPathComponent(name))
    }

    private func firstFailed() throws -> String {
        let report = String(decoding: try Data(contentsOf: home.appendingPathComponent("report.csv")), as: UTF8.self)
        return report.split(separator: "\r\n").first { $0.contains(",Failed,") }?.split(separator: ",").first.map {
            String($0)
        } ?? ""
    }
}
