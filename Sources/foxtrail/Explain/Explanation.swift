import ContactSync
import Journal
import Projections

/// One record, explained in five steps.
struct Explanation {
    /// One step: what people read, and the same for scripts.
    struct Step {
        let name: String
        var lines: [String]
        var table: (header: [String], rows: [[String]])?
        var members: [(key: String, value: JSONValue)] = []
    }

    let facts: RecordFacts
    /// The account's time zone.
    let zone: String

    var steps: [Step] { [fetched, selected, matched, mapped, done] }

    /// Who the record is of.
    var title: String {
        let email = facts.contact?.email ?? facts.failure?.email ?? ""
        return (email.isEmpty ? "" : "\(email), ") + "user \(facts.row.objectID) of \(facts.tenant.domain)"
    }

    /// What is not wrong by itself and puzzles people all the same.
    var notes: [String] {
        guard case .text(let name)? = facts.traces.first?.value, name.uppercased().contains("#EXT#"),
            facts.traces.first?.property?.root == "userPrincipalName"
        else { return [] }
        return [
            "a guest's userPrincipalName is no mailbox; the usual remedy is to map mail: "
                + "foxtrail settings set fields.email mail"
        ]
    }

    func place(of event: RecordedEvent) -> String {
        "\(event.sync.map { "sync \($0) at " } ?? "")\(Output.time(event.recordedAt, zone: zone)), event \(event.position)"
    }
}

extension Explanation {
    func show() {
        Output.line(Output.printable(title))
        for (number, step) in zip(1..., steps) {
            show("\(number) " + TextWidth.fitted(step.name, to: 10, padding: true), step.lines)
            if let table = step.table {
                Output.table(["    " + table.header[0]] + table.header.dropFirst(), table.rows.map(indented))
            }
        }
        for note in notes { show("  note      ", [note]) }
    }

    private func show(_ head: String, _ lines: [String]) {
        for (index, line) in lines.enumerated() {
            Output.line((index == 0 ? head : "            ") + Output.printable(line))
        }
    }

    private func indented(_ row: [String]) -> [String] { row.prefix(1).map { "    " + $0 } + row.dropFirst() }
}
