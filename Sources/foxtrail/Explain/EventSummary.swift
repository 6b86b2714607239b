import ContactSync
import Journal
import Projections

/// What each event about a person says, in one line; events are given in order, the oldest first.
struct EventSummary {
    private var user: UserObject?
    private var contact: Contact?

    /// - Parameter isRetold: An erasure recorded the contact again.
    mutating func summary(of record: RecordedEvent, isRetold: Bool) -> String {
        guard !record.isErased else {
            // What it changed is not known, and so not what the contact held behind it.
            contact = nil
            return "erased"
        }
        if isRetold, case .contactRead(let read)? = try? record.event() {
            contact = nil
            return "somebody else was erased, and this is kept: contact " + hold(read.contact)
        }
        guard let event = try? record.event() else { return "written by a newer foxtrail" }
        return summary(of: event)
    }

    private mutating func summary(of event: Event) -> String {
        switch event {
        case .userFetched(let fetched): return learn(fetched)
        case .userChanged(let changes): return learn(user?.overlaid(by: changes) ?? changes)
        case .userRemoved(let removed): return removed.cause.words(because: nil)
        case .contactCreated(let created): return "made contact " + hold(created.contact)
        case .contactAdded(let added): return "added contact " + hold(added.contact)
        case .contactRead(let read): return "the help desk holds contact " + hold(read.contact)
        case .contactUpdated(let updated): return told(updated)
        case .contactFailed(let failed): return failed.reasons.map(\.text).joined(separator: "; ")
        case .contactRemoved(let removed): return "contact \(removed.contact) is gone from the help desk"
        case .contactWriteRequested(.create(let contact)): return "to make a contact: " + EventSummary.told(contact)
        case .contactWriteRequested(.update(let update)):
            return "to write " + EventSummary.told(update, linked: "and link ")
        case .contactWriteAbandoned(let abandoned): return "not written: \(abandoned.reason)"
        case .contactParkRequested(let parked): return "contact \(parked.contact) moves over \(parked.email)"
        case .accountEmailRequested(let mail): return "e-mail to \(mail.to)"
        case .accountEmailSent: return "e-mail sent"
        case .accountEmailFailed(let failed):
            return "e-mail \(failed.kind.rawValue): \(failed.code.map { "\($0) " } ?? "")\(failed.reason)"
        case .personErased(let erased):
            return "\(erased.events) event\(erased.events == 1 ? "" : "s") erased"
        // None of these is about a person.
        case .accountOpened, .accountChanged, .agentAdded, .agentChanged, .agentRemoved, .appInstalled, .appUninstalled,
            .fieldDefined,
            .fieldChanged, .fieldRemoved, .tenantAuthorized, .tenantAuthorizationFailed, .tenantReauthorized,
            .tenantDisabled, .tenantEnabled, .tenantDeleted, .mappingChanged, .selectionChanged, .inclusionChanged,
            .fullReadDaysChanged, .overwriteChanged, .accountEmailChanged, .guardChanged, .contactSyncEnabled,
            .contactSyncDisabled, .syncStarted, .pageRead, .selectionRead,
            .tenantReadFailed, .tenantHeld, .recordsUnconcerned, .syncApproved, .syncCompleted, .syncFailed,
            .syncInterrupted, .helpDeskChanged, .requestsReserved, .helpDeskThrottled, .contactsRead,
            .mailServerChanged, .mailTemplateChanged, .checkpointSigned, .noticeRaised, .noticeCleared,
            .noticeDelivered,
            .noticeUndelivered, .noticeRecipientsChanged, .noticeWebhookChanged:
            return ""
        }
    }

    private mutating func learn(_ new: UserObject) -> String {
        defer { user = new }
        guard let user else {
            return new.values.filter { $0.property != "id" && $0.value != .null }
                .map { "\($0.property) \(EventSummary.text($0.value))" }.joined(separator: ", ")
        }
        let changes = new.differences(from: user).map {
            $0.isLeftOut
                ? "\($0.property): no longer read"
                : "\($0.property): \(EventSummary.text($0.old)) -> \(EventSummary.text($0.new))"
        }
        return changes.isEmpty ? "as before, and there again" : changes.joined(separator: ", ")
    }

    private mutating func hold(_ new: Contact) -> String {
        defer { contact = new }
        guard let contact, contact.id == new.id else { return "\(new.id): \(EventSummary.told(new))" }
        let fields = Set([contact, new].flatMap(EventSummary.fields)).sorted { $0.text < $1.text }
        let changes = fields.filter { contact[$0] != new[$0] }
            .map { EventSummary.told(ContactChange($0, old: contact[$0], new: new[$0])) }
        return "\(new.id): " + (changes.isEmpty ? "as before" : changes.joined(separator: ", "))
    }

    private mutating func told(_ updated: ContactUpdated) -> String {
        for change in updated.changes { contact?.apply(change) }
        return EventSummary.told(updated)
    }

    private static func told(_ updated: ContactUpdated, linked: String = "linked to ") -> String {
        let what = updated.changes.isEmpty ? "as it should be" : updated.changes.map(told).joined(separator: ", ")
        return (updated.adopts ? linked : "") + "contact \(updated.contact): \(what)"
    }

    private static func told(_ change: ContactChange) -> String {
        "\(change.field.text): \(text(change.old?.json)) -> \(text(change.new?.json))"
    }

    private static func told(_ contact: Contact) -> String {
        fields(contact).map { "\($0.text) \(text(contact[$0]?.json))" }.joined(separator: ", ")
    }

    private static func fields(_ contact: Contact) -> [ContactField] {
        [.email, .name] + contact.phones.keys.sorted().map { .phone($0) }
            + contact.customFields.keys.sorted().map { .custom($0) }
    }

    /// Cut where it would push everything else out of sight; `--json` has it whole.
    private static func text(_ value: JSONValue?) -> String {
        let text: String =
            switch value {
            case nil, .null?: "nothing"
            case .string(let text)?: text
            case .number(let text)?: text
            case .bool?, .array?, .object?: String(decoding: CanonicalJSON(value ?? .null).bytes, as: UTF8.self)
            }
        return text.count <= 80 ? text : text.prefix(79) + "…"
    }
}
