import Synchronization

/// The matrix as it is printed into the test report once every row has been tried.
enum MatrixTable {
    private static let lines = Mutex<[String: String]>([:])

    static func note(_ row: FaultRow, outcome: String, reason: String, areContactsRight: Bool) {
        let line = [row.name, row.reading.rawValue, outcome, reason, areContactsRight ? "yes" : "NO"]
            .joined(separator: " | ")
        let known = lines.withLock { lines in
            lines[row.testDescription] = line
            return lines
        }
        guard known.count == FaultRow.all.count else { return }
        let table = FaultRow.all.compactMap { known[$0.testDescription].map { "| \($0) |" } }
        print(
            (["| fault | read | outcome | reason | contacts right |", "|---|---|---|---|---|"] + table)
                .joined(separator: "\n"))
    }
}
