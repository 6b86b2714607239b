import ContactSync
import Foundation
import Projections
import SyncEngine

/// Shows what a rehearsed sync would change: not as a table, whose cells a terminal cuts before what matters in them.
struct DifferenceView {
    /// So many records a terminal shows unless it is told to show all.
    private static let mostShown = 20

    let rehearsal: Rehearsal
    let log: SyncLog
    let isWhole: Bool
    let json: Bool

    func show() throws {
        if json {
            let totals = try rehearsal.eachDifference { Output.json($0.json) }
            return Output.json(members(totals) + [("heldBack", .array(try heldBack.map(JSONValue.string)))])
        }
        let isCut = !isWhole && isatty(STDOUT_FILENO) == 1
        var left = isCut ? DifferenceView.mostShown : .max
        let totals = try rehearsal.eachDifference { difference in
            if left > 0 { difference.lines.forEach { Output.line(Output.printable($0)) } }
            left -= 1
        }
        if left < 0 { Output.line("and \(-left) more: --all shows them") }
        if totals.changed > 0 { Output.line("") }
        Output.line(Output.printable(DifferenceView.summary(totals)))
        for words in try heldBack { Output.line(Output.printable("the guard would hold it: \(words)")) }
    }

    /// What a guard would not let through; a rehearsal shows it all the same.
    private var heldBack: [String] {
        get throws {
            try rehearsal.read { try HeldTenants.all($0) }.filter { $0.hold?.sync == log.sync }.compactMap { tenant in
                tenant.hold.map { "\(tenant.domain): \($0.held.extent): \($0.held.cause)" }
            }
        }
    }

    /// In one sentence, with what does not happen left out.
    static func summary(_ totals: DifferenceTotals) -> String {
        let parts = Difference.Kind.allCases.compactMap { kind in
            totals.count(kind) == 0 ? nil : "\(totals.count(kind)) \(kind.words)"
        }
        let failing = totals.stillFailing == 0 ? "" : " (\(totals.stillFailing) of them failed)"
        let unchanged = totals.unchanged == 0 && !parts.isEmpty ? [] : ["\(totals.unchanged) unchanged\(failing)"]
        let leaving =
            totals.leaving == 0
            ? [] : ["\(totals.leaving) user\(totals.leaving == 1 ? " is" : "s are") gone, and the contacts stay"]
        let mails = totals.mails == 0 ? [] : ["\(totals.mails) account e-mail\(totals.mails == 1 ? "" : "s") to send"]
        return "records: " + (parts + unchanged + leaving + mails).joined(separator: ", ")
    }

    private func members(_ totals: DifferenceTotals) -> [(key: String, value: JSONValue)] {
        Difference.Kind.allCases.map { ($0.rawValue, .number(String(totals.count($0)))) } + [
            ("unchanged", .number(String(totals.unchanged))),
            ("stillFailing", .number(String(totals.stillFailing))),
            ("leaving", .number(String(totals.leaving))),
            ("mails", .number(String(totals.mails))),
            ("status", .string(log.status.rawValue)), ("reason", JSONValue(log.reason)),
        ]
    }
}
