package import ContactSync
package import Projections
import Journal

/// Takes over the custom fields of a help desk elsewhere: those that changed, and nothing else.
package enum FieldPull {
    package static func changes(from known: [FieldDefinition], to pulled: [FieldDefinition]) -> [Event] {
        let removed = known.filter { field in !pulled.contains { $0.name == field.name } }
        return removed.map { .fieldRemoved(.init(name: $0.name)) }
            + pulled.compactMap { field in
                guard let before = known.first(where: { $0.name == field.name }) else { return .fieldDefined(field) }
                return before == field ? nil : .fieldChanged(field)
            }
    }

    /// Records what is not as it was; returns the events.
    @discardableResult
    package static func take(_ pulled: [FieldDefinition], _ transaction: Store.Transaction) throws -> [Event] {
        let events = changes(from: try Installation.fields(transaction.db), to: pulled)
        for event in events { try transaction.append(event, subject(of: event)) }
        return events
    }

    private static func subject(of event: Event) -> Subject? {
        switch event {
        case .fieldDefined(let field), .fieldChanged(let field): .field(field.name)
        case .fieldRemoved(let field): .field(field.name)
        default: nil
        }
    }
}
