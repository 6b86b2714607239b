import Foundation

/// What a person must see while a command goes on: stdout is kept for what scripts read.
enum Notice {
    static func tell(_ lines: [String]) {
        let text = lines.map { Output.printable($0) + "\n" }.joined()
        _ = Descriptor.write(Array(text.utf8), to: STDERR_FILENO)
    }

    static func hint(_ text: String, quiet: Bool) {
        if !quiet { tell(["hint: \(text)"]) }
    }
}

/// One line on a terminal that says how long is still waited for somebody.
struct Countdown: Sendable {
    let label: String
    private let columns: Int?
    private let end: ContinuousClock.Instant

    init(_ label: String, _ duration: Duration, quiet: Bool) {
        self.label = label
        columns = quiet ? nil : Descriptor.columns(of: STDERR_FILENO)
        end = .now + duration
    }

    /// Sleeps, and shows every second that it does.
    func sleep(_ duration: Duration) async throws {
        guard let columns else { return try await Task.sleep(for: duration) }
        let wakes = ContinuousClock.now + duration
        while ContinuousClock.now < wakes {
            let left = max(0, (end - .now).components.seconds)
            let text = "\(label), \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left"
            put("\r\u{1B}[K" + TextWidth.fitted(text, to: columns - 1, padding: false))
            try await Task.sleep(for: min(.seconds(1), wakes - .now))
        }
    }

    func clear() { if columns != nil { put("\r\u{1B}[K") } }

    private func put(_ text: String) { _ = Descriptor.write(Array(text.utf8), to: STDERR_FILENO) }
}
