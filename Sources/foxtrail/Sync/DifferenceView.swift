import ContactSync
import Foundation
import Projections
import SyncEngine

/// Shows what a rehearsed sync would change.
struct DifferenceView {
    /// So many records a terminal shows unless it is told to show all.
    private static let mostShown = 20

    let rehearsal: Rehearsal
    let log: SyncLog
    let isWhole: Bool
    let json: Bool

    func show() throws {
        let totals = try DifferenceTotals(rehearsal)
        if json {
            try rehearsal.eachDifference { Output.json($0.json) }
            return Output.json(members(totals) + [("heldBack", .array(try heldBack.map(JSONValue.string)))])
        }
        if !totals.isQuiet { try table(totals) }
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

    private func table(_ totals: DifferenceTotals) throws {
        let isCut = !isWhole && isatty(STDOUT_FILENO) == 1
        var rows: [[String]] = []
        var records = 0
        try rehearsal.eachDifference { difference in
            records += 1
            if !isCut || records <= DifferenceView.mostShown { rows += difference.rows }
        }
        Output.table(["WHAT", "WHO", "CHANGE"], rows)
        let rest = records - DifferenceView.mostShown
        if isCut, rest > 0 { Output.line("and \(rest) more: --all shows them") }
        Output.line("")
    }

    /// In one sentence, with what does not happen left out.
    static func summary(_ totals: DifferenceTotals) -> String {
        let parts = Difference.Kind.allCases.compactMap { kind in
            totals.count(kind) == 0 ? nil : "\(totals.count(kind)) \(kind.words)"
        }
        let unchanged = totals.unchanged == 0 && !parts.isEmpty ? [] : ["\(totals.unchanged) unchanged"]
        let leaving =
            totals.leaving == 0
            ? [] : ["\(totals.leaving) user\(totals.leaving == 1 ? " is" : "s are") gone, and the contacts stay"]
        return "records: " + (parts + unchanged + leaving).joined(separator: ", ")
    }

    private func members(_ totals: DifferenceTotals) -> [(key: String, value: JSONValue)] {
        Difference.Kind.allCases.map { ($0.rawValue, .number(String(totals.count($0)))) } + [
            ("unchanged", .number(String(totals.unchanged))), ("leaving", .number(String(totals.leaving))),
            ("status", .string(log.status.rawValue)), ("reason", JSONValue(log.reason)),
        ]
    }
}

extension Difference.Kind {
    fileprivate var words: String {
        switch self {
        case .create: "to create"
        case .update: "to update"
        case .fail: "to fail"
        case .heal: "to heal"
        case .failOtherwise: "to fail for other reasons"
        case .retry: "to send again after a refusal"
        }
    }

    fileprivate var word: String { self == .failOtherwise ? "fail otherwise" : rawValue }
}

extension Difference {
    /// One row for a new contact, and one for each part of another that changes.
    fileprivate var rows: [[String]] {
        let who = email.isEmpty ? "user \(user.objectID)" : email
        return lines.enumerated().map { $0.offset == 0 ? [kind.word, who, $0.element] : ["", "", $0.element] }
    }

    private var lines: [String] {
        var lines: [String] = []
        if adopts { lines.append("takes over the contact that has the address") }
        if isNew, !changes.isEmpty {
            let parts = changes.filter { $0.field != .email }.map { "\($0.field.text) \($0.new?.shown ?? "")" }
            lines.append(parts.joined(separator: ", "))
        } else {
            lines += changes.map { "\($0.field.text): \($0.old?.shown ?? "none") -> \($0.new?.shown ?? "none")" }
        }
        lines += reasons.map(\.text)
        return lines.isEmpty ? ["the contact is as it should be"] : lines
    }

    fileprivate var json: [(key: String, value: JSONValue)] {
        [
            ("what", .string(kind.rawValue)), ("email", .string(email)), ("type", .string(isNew ? "New" : "Existing")),
            ("tenant", .string(user.tenant.rawValue)), ("objectID", .string(user.objectID)), ("adopts", .bool(adopts)),
            (
                "changes",
                .array(
                    changes.map {
                        .object([
                            ("field", .string($0.field.text)), ("old", $0.old?.json ?? .null),
                            ("new", $0.new?.json ?? .null),
                        ])
                    })
            ),
            ("reasons", .array(reasons.map { .string($0.text) })),
        ]
    }
}
