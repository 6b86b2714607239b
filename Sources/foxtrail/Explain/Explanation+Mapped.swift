import ContactSync
import Journal
import Projections

/// The fourth step: every field, with its rule and what that came to.
extension Explanation {
    var mapped: Step {
        Step(
            name: "mapped", lines: [mappingInWords],
            table: table, members: [("fields", .array(facts.traces.map { $0.json(hasFailed: hasFailed) }))])
    }

    /// Without the column of old values where there are none.
    private var table: (header: [String], rows: [[String]]) {
        let header = ["FIELD", "PROPERTY", "VALUE", "TYPE", "RULE", "RESULT", "OLD VALUE"]
        let rows = facts.traces.map { $0.cells(hasFailed: hasFailed) }
        let isShort = rows.allSatisfy { $0.last == "" }
        return isShort ? (header.dropLast(), rows.map { $0.dropLast() }) : (header, rows)
    }

    var hasFailed: Bool { facts.row.outcome == .failed }

    private var mappingInWords: String {
        guard let first = facts.past.changes.first else { return "by the mapping of \(facts.tenant.domain)" }
        return "by the mapping as it was; event \(first.position) changed what decides since then"
    }
}

extension FieldTrace {
    /// As `settings set` and people call it.
    var name: String {
        switch field {
        case .email: "email"
        case .name: "name"
        case .phone(let type): "\(type.rawValue) phone"
        case .custom(let name): name
        }
    }

    func cells(hasFailed: Bool) -> [String] {
        let old = result == .unchanged ? "" : old?.shown ?? ""
        return [
            name, property?.description ?? "not mapped", value.shown, value.typeName, rule.words,
            resultInWords(hasFailed), old,
        ]
    }

    func json(hasFailed: Bool) -> JSONValue {
        var after = old?.json ?? .null
        if case .written(let value) = result { after = hasFailed ? after : value.json }
        if case .cleared = result { after = hasFailed ? after : .null }
        return .object([
            ("field", .string(name)), ("property", JSONValue(property?.description)), ("type", .string(value.typeName)),
            ("value", .string(value.shown)), ("rule", .string(rule.words)), ("result", .string(code(hasFailed))),
            ("old", old?.json ?? .null), ("new", after), ("reasons", .array(reasons.map { .string($0.code) })),
        ])
    }

    private var reasons: [Reason] {
        if case .failed(let reasons) = result { reasons } else { [] }
    }

    /// Of a record that failed nothing was written: its other fields fit.
    private func code(_ hasFailed: Bool) -> String {
        switch result {
        case .failed: "failed"
        case .written where hasFailed, .cleared where hasFailed: "fits"
        case .written: "written"
        case .cleared: "cleared"
        case .unchanged: "unchanged"
        case .kept: "kept"
        case .leftEmpty: "leftEmpty"
        }
    }

    private func resultInWords(_ hasFailed: Bool) -> String {
        switch result {
        case .failed(let reasons): reasons.map(\.cause).joined(separator: ", ")
        case .written where hasFailed, .cleared where hasFailed: "fits"
        case .written(let new): new.shown == value.shown ? "written" : "written as \(new.shown)"
        case .cleared: "cleared"
        case .unchanged: "as it was"
        case .kept: "kept"
        case .leftEmpty: "empty"
        }
    }
}

extension FieldTrace.Rule {
    fileprivate var words: String {
        switch self {
        case .address: "an address"
        case .name: "a name"
        case .phone: "not empty"
        case .overwrites(let field): field.words + ", overwrites"
        case .fillsEmpty(let field): field.words + ", fills empty"
        case .hasToBeThere: "required"
        }
    }
}

extension FieldDefinition {
    fileprivate var words: String { (isRequired ? "required " : "") + type.plainName }
}

extension Reason {
    /// The product's few words for the cause; the whole sentence stands below.
    fileprivate var cause: String {
        "fails: " + (text.split(separator: ":").first.map(String.init) ?? text).lowercased()
    }
}
