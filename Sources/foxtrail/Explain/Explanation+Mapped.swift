import ContactSync
import Journal
import Projections

/// The fourth step: every field, with its rule and what that came to.
extension Explanation {
    var mapped: Step {
        var lines = [mappingInWords]
        if standing == .awaiting { lines.append("not decided yet: the contact is as the old values say") }
        if standing == .erased {
            lines.append("what the contact held before is erased, and so is what was written to it")
        }
        return Step(
            name: "mapped", lines: lines, table: table,
            members: [("fields", .array(facts.traces.map { $0.json(standing) }))])
    }

    /// Without the column of old values where there are none.
    private var table: (header: [String], rows: [[String]]) {
        let header = ["FIELD", "PROPERTY", "VALUE", "TYPE", "RULE", "RESULT", "OLD VALUE"]
        let rows = facts.traces.map { $0.cells(standing) }
        let isShort = rows.allSatisfy { $0.last == "" }
        return isShort ? (header.dropLast(), rows.map { $0.dropLast() }) : (header, rows)
    }

    /// What the results of the fields can be said to be.
    var standing: FieldTrace.Standing {
        if facts.isAwaiting { return .awaiting }
        if facts.row.outcome == .failed { return .failed }
        return facts.chain.decision?.isErased == true ? .erased : .done
    }

    private var mappingInWords: String {
        guard let first = facts.past.changes.first else { return "by the mapping of \(facts.tenant.domain)" }
        return "by the mapping as it was; event \(first.position) changed what decides since then"
    }
}

extension FieldTrace {
    enum Standing {
        case done
        /// Nothing was written: the fields that did not fail fit.
        case failed
        /// What was written is erased: the fields fit the contact as it is.
        case erased
        /// Nothing was written yet of what was read last.
        case awaiting
    }

    /// As `settings set` and people call it.
    var name: String {
        switch field {
        case .email: "email"
        case .name: "name"
        case .phone(let type): "\(type.rawValue) phone"
        case .custom(let name): name
        }
    }

    func cells(_ standing: Standing) -> [String] {
        let old = result == .unchanged ? "" : old?.shown ?? ""
        return [
            name, property?.description ?? "not mapped", value.shown, value.typeName, rule.words,
            resultInWords(standing), old,
        ]
    }

    func json(_ standing: Standing) -> JSONValue {
        var after = old?.json ?? .null
        if case .written(let value) = result, standing == .done { after = value.json }
        if case .cleared = result, standing == .done { after = .null }
        let before = standing == .erased ? .null : old?.json ?? .null
        return .object([
            ("field", .string(name)), ("property", JSONValue(property?.description)), ("type", .string(value.typeName)),
            ("value", .string(value.shown)), ("rule", .string(rule.words)), ("result", .string(code(standing))),
            ("old", before), ("new", after), ("reasons", .array(reasons.map { .string($0.code) })),
        ])
    }

    private var reasons: [Reason] {
        if case .failed(let reasons) = result { reasons } else { [] }
    }

    private func isOnlyFitting(_ standing: Standing) -> Bool {
        switch result {
        case .written, .cleared: standing != .done
        case .unchanged: standing == .erased
        case .failed, .kept, .leftEmpty: false
        }
    }

    private func code(_ standing: Standing) -> String {
        if isAwaited(standing) { return "awaited" }
        if isOnlyFitting(standing) { return "fits" }
        return switch result {
        case .failed: "failed"
        case .written: "written"
        case .cleared: "cleared"
        case .unchanged: "unchanged"
        case .kept: "kept"
        case .leftEmpty: "leftEmpty"
        }
    }

    /// What the contact does not say yet.
    private func isAwaited(_ standing: Standing) -> Bool {
        switch result {
        case .written, .cleared: standing == .awaiting
        case .unchanged, .failed, .kept, .leftEmpty: false
        }
    }

    private func resultInWords(_ standing: Standing) -> String {
        if isAwaited(standing) { return "not written yet" }
        if isOnlyFitting(standing) { return "fits" }
        return switch result {
        case .failed(let reasons): reasons.map(\.cause).joined(separator: ", ")
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
