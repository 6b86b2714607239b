/// Writes the objects of a delta page, in the odd ways that are documented as possible (2.5) and that faults ask for.
struct DeltaEntries {
    let round: DeltaRound
    let shape: PageShape
    /// The client prefers only what has changed.
    let minimal: Bool

    func order(_ page: [Int]) -> [Int] {
        (shape.isReversed ? page.reversed() : page) + shape.again(page)
    }

    func write(_ index: Int, to writer: inout PageWriter) {
        let user = round.directory.user(at: index)
        let nulls = shape.nulls(.omittedUnlessCleared)
        guard user.lifecycle == .present else {
            if shape.removesTwice { writer.appendRemoved(user.id, isGone: false) }
            return writer.appendRemoved(user.id, isGone: shape.removesTwice || user.lifecycle == .gone)
        }
        if shape.restoresFirst { writer.appendRemoved(user.id, isGone: false) }
        if shape.staleFirst, let seeded = user.seeded {
            writer.append(seeded, round.token.selection.properties, nulls)
        }
        writer.append(user, round.properties(of: index, minimal: minimal), nulls)
    }
}
