import ContactSync
import GRDB
import Journal
import Projections
import SyncEngine

/// `explain --bundle`: what a record was decided upon, for somebody who may not see whose it is.
struct BundleWriting {
    let global: GlobalOptions
    let path: String

    func write(_ person: String, _ db: Database, _ journal: Database) throws {
        let facts = try record(of: person, db, journal)
        guard let decision = facts.chain.decision,
            let inputs = try global.folding({
                try DecisionInputs.last(of: facts, db, journal: journal, progress: $0)
            })
        else {
            throw Failure(.badInput, "nothing was decided about \(person) yet, or what it was decided upon was erased")
        }
        let whole = RecordBundle(inputs, recorded: decision.event, answer: facts.chain.answer?.event)
        let bundle = try BundleError.inWords(of: path) { try whole.redacted() }
        let verdict = try bundle.verdict()
        let file = try OutputFile(path: path)
        try file.write(bundle.data() + [UInt8(ascii: "\n")])
        try file.finish()
        tell(bundle, verdict, facts)
    }

    private func record(of person: String, _ db: Database, _ journal: Database) throws -> RecordFacts {
        let found = try RecordFacts.find(person, db, journal: journal)
        guard let facts = found.first else {
            if try ContactFacts.find(person, db, journal: journal) != nil {
                throw Failure(.badInput, "no user has the contact \(person): no sync decided anything about it")
            }
            throw try Explain.unknown(person, db)
        }
        guard found.count == 1 else {
            throw Failure(
                .badInput, "\(found.count) users want \(person), or have it",
                found.map { "foxtrail explain \($0.row.objectID) --bundle \(path)" })
        }
        return facts
    }

    private func tell(_ bundle: RecordBundle, _ verdict: BundleVerdict, _ facts: RecordFacts) {
        if global.json {
            return Output.json([
                ("bundle", .string(path)), ("objectID", .string(facts.row.objectID)),
                ("recorded", .string(verdict.recorded.words)), ("decided", .string(verdict.decided.words)),
                ("same", .bool(verdict.isSame)), ("engineVersion", .number(String(bundle.engine))),
            ])
        }
        if !global.quiet {
            Output.line(Output.printable("wrote \(path), which holds no name, address or number: \(verdict.words)"))
        }
    }
}
