import ContactSync
import Journal
import Projections

extension Explanation {
    /// The keys that scripts have always had, and the steps in full.
    var json: [(key: String, value: JSONValue)] {
        let (row, input, removal) = (facts.row, facts.chain.input, facts.row.isRemoved ? facts.chain.removal : nil)
        return [
            ("tenant", .string(row.tenant.rawValue)), ("objectID", .string(row.objectID)),
            ("fetchedIn", JSONValue(input?.sync)), ("fetchedAt", Output.json(time: input?.recordedAt)),
            ("position", JSONValue(input?.position.rawValue)),
            ("selection", .string(facts.past.settings.selectionInWords(of: facts.tenant.domain))),
            ("removed", .bool(row.isRemoved)), ("removedBecause", JSONValue(removal?.cause.rawValue)),
            ("removedIn", JSONValue(removal?.record.sync)), ("contact", JSONValue(row.contact?.rawValue)),
            ("accountEmail", JSONValue(facts.mail?.state.rawValue)), ("outcome", .string(outcome)),
            ("pending", .bool(facts.isPending)), ("held", .bool(isHeld)),
            ("mapped", .array(facts.traces.map { $0.json(standing) })),
            ("reasons", .array(reasons.map(Explanation.json))), ("notes", .array(notes.map(JSONValue.string))),
            ("steps", .array(zip(1..., steps).map { .object($1.json($0)) })),
        ]
    }
}

extension Explanation.Step {
    fileprivate func json(_ number: Int) -> [(key: String, value: JSONValue)] {
        [("step", .number(String(number))), ("name", .string(name))] + members
            + [("text", .array(lines.map(JSONValue.string)))]
    }
}
