import Projections

extension GlobalOptions {
    /// Runs what takes in events of the journal, and shows on a terminal how far that has come.
    func folding<T>(_ body: (FoldProgress) throws -> T) rethrows -> T {
        let line = ProgressLine(quiet: quiet)
        var isShown = false
        defer { if isShown { line.clear() } }
        return try body { events, all in
            isShown = true
            line.show("folding", events, of: all, unit: "events")
        }
    }
}
