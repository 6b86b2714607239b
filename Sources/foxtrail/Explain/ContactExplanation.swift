import ContactSync
import Journal
import Projections

/// A contact without a user, explained: who made it, and what a sync would do with it.
struct ContactExplanation {
    let facts: ContactFacts
    let actors: ActorNames
    /// The account's time zone.
    let zone: String

    func show() {
        let contact = facts.contact
        Output.line(
            Output.printable("contact \(contact.id) (\(contact.email)), \(contact.name): of no user of Entra ID"))
        Output.line("made      " + Output.printable(origin))
        if let last = facts.events.last, facts.events.count > 1 { Output.line("read      " + place(of: last)) }
        Output.line("a sync    " + ContactExplanation.outlook)
    }

    var json: [(key: String, value: JSONValue)] {
        [
            ("tenant", .null), ("objectID", .null), ("contact", .number(facts.contact.id.description)),
            ("email", .string(facts.contact.email)), ("name", .string(facts.contact.name)),
            ("source", .string(facts.isFromEntra ? "entra" : "manual")), ("outcome", .string("unlinked")),
            ("madeBy", JSONValue(isByHand ? facts.events.first.map { actors.name($0.actor) } : nil)),
            ("madeAt", isByHand ? Output.json(time: facts.events.first?.recordedAt) : .null),
            ("events", .array(facts.events.map { .number($0.position.description) })),
        ]
    }

    private static let outlook =
        "leaves it as it is, until a user with its e-mail is selected: then it becomes that user's contact"

    private var isByHand: Bool { facts.events.first?.type == EventType.contactAdded.rawValue }

    private var origin: String {
        guard let first = facts.events.first else {
            return facts.isFromEntra ? "by a sync, for a user who no longer has it" : "before it was known here"
        }
        if isByHand { return "by hand, by \(actors.name(first.actor)) (\(place(of: first)))" }
        return (facts.isFromEntra ? "by a sync, and no longer linked" : "in \(facts.desk.words)")
            + "; first read in \(place(of: first))"
    }

    private func place(of event: RecordedEvent) -> String {
        "\(event.sync.map { "sync \($0) at " } ?? "")\(Output.time(event.recordedAt, zone: zone)), event \(event.position)"
    }
}
