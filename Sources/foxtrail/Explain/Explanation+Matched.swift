import ContactSync
import Journal
import Projections

/// The third step: which contact is the user's, and since when.
extension Explanation {
    var matched: Step {
        Step(
            name: "matched", lines: [matchInWords] + facts.rivals.map(\.words),
            members: [
                ("contact", JSONValue((facts.contact ?? facts.unlinked)?.id.rawValue)),
                ("email", JSONValue((facts.contact ?? facts.unlinked)?.email)), ("by", .string(match.rawValue)),
                ("linkedIn", JSONValue(facts.chain.link?.record.sync)),
                ("linkedAt", JSONValue(facts.chain.link?.record.position.rawValue)),
                ("rivals", .array(facts.rivals.map(\.json))),
            ])
    }

    /// How the user and the contact have come together.
    private enum Match: String {
        /// A sync made the contact for the user.
        case created
        /// The contact was there, with the user's address.
        case adopted
        /// The link is older than what is known of it.
        case link
        /// There is a contact with the address, and the record failed.
        case unlinked
        case none
    }

    private var match: Match {
        guard facts.contact != nil else { return facts.unlinked == nil ? .none : .unlinked }
        switch facts.chain.link?.event {
        case .contactCreated?: return .created
        case .contactUpdated?: return .adopted
        default: return .link
        }
    }

    private var matchInWords: String {
        guard let contact = facts.contact else {
            return facts.unlinked.map { "contact \($0.id) (\($0.email)), not linked" } ?? "no contact"
        }
        let place = facts.chain.link.map { " in \(self.place(of: $0.record))" } ?? ""
        let way =
            switch match {
            case .created: "made for this user\(place)"
            case .adopted: "found by its e-mail and linked\(place)"
            case .link, .unlinked, .none: "by the link"
            }
        return "contact \(contact.id) (\(contact.email)), \(way)"
    }
}

extension RecordFacts.Rival {
    fileprivate var words: String {
        guard email != nil || contact != nil else {
            return "the address was that of user \(key.objectID), of whom nothing is known any more"
        }
        let who = [email, contact.map { "contact \($0)" }].compactMap { $0 }.joined(separator: ", ")
        return "the address is that of user \(key.objectID)" + (who.isEmpty ? "" : " (\(who))") + ", who comes first"
    }

    fileprivate var json: JSONValue {
        .object([
            ("tenant", .string(key.tenant.rawValue)), ("objectID", .string(key.objectID)), ("email", JSONValue(email)),
            ("contact", JSONValue(contact?.rawValue)),
        ])
    }
}
