import ContactSync
import Simulators

/// What a tenant is set to, in the few words that the oracle understands.
struct Rulebook {
    var mapsMobile = true
    var mapsWork = false
    /// A text field, filled from `department`.
    var mapsDepartment = true
    var requiresDepartment = false
    /// A number field, filled from `employeeId`.
    var mapsBadge = false
    var overwrites = true
    var hasGuests = true
    var hasDisabled = true
    /// The group Support only.
    var support: String?

    var fields: [FieldDefinition] {
        [
            FieldDefinition(name: "Department", type: .text, isRequired: requiresDepartment),
            FieldDefinition(name: "Badge", type: .number),
        ]
    }

    func write(to settings: inout TenantSettings) {
        settings.mapping.phones = [:]
        if mapsMobile { settings.mapping.phones[.mobile] = "mobilePhone" }
        if mapsWork { settings.mapping.phones[.work] = "businessPhones[0]" }
        settings.mapping.customFields = [:]
        if mapsDepartment { settings.mapping.customFields["Department"] = "department" }
        if mapsBadge { settings.mapping.customFields["Badge"] = "employeeId" }
        settings.overwriteCustomFields = overwrites
        settings.include = Inclusion(guests: hasGuests, disabled: hasDisabled)
        settings.users = support.map { .groups(ids: [$0]) } ?? .all
    }

    /// Who is to be synced, of everybody who is there.
    func selected(_ tenant: RunningSimulator) -> [DirectoryUser] {
        let members = support.map { tenant.users(inGroup: $0) }
        return tenant.present.filter { user in
            (hasGuests || !user.isGuest) && (hasDisabled || user.isEnabled) && members?.contains(user.id) ?? true
        }
    }
}

/// The product's rules once more, as plainly as they can be written, for tenants whose users keep off each other's
/// addresses: from directories and settings to contacts, with no event, page or link in between.
struct Oracle {
    struct Card: Equatable {
        var email: String
        var name: String
        var mobile: String?
        var work: String?
        var department: String?
        var badge: String?
    }

    private(set) var cards: [String: Card] = [:]
    private(set) var failed: Set<String> = []
    private(set) var selected = 0

    /// What a sync comes to that was read to its end.
    mutating func sync(_ tenant: RunningSimulator, _ rules: Rulebook) {
        failed = []
        selected = rules.selected(tenant).count
        for user in rules.selected(tenant) {
            if let card = card(user, cards[user.id], rules) { cards[user.id] = card } else { failed.insert(user.id) }
        }
    }

    /// Nil for a record that fails.
    private func card(_ user: DirectoryUser, _ old: Card?, _ rules: Rulebook) -> Card? {
        var card = old ?? Card(email: "", name: "")
        (card.email, card.name) = (user.principalName, user.displayName)
        if rules.mapsMobile {
            guard let phone = user.mobilePhone else { return nil }
            card.mobile = phone
        }
        if rules.mapsWork {
            guard let phone = user.businessPhone else { return nil }
            card.work = phone
        }
        if rules.mapsBadge {
            guard user.employeeID.map(Oracle.isNumber) ?? true else { return nil }
            if rules.overwrites || old?.badge == nil { card.badge = user.employeeID }
        }
        if rules.mapsDepartment {
            if rules.requiresDepartment, user.department == nil { return nil }
            if rules.overwrites || old?.department == nil { card.department = user.department }
        } else if rules.requiresDepartment, old?.department == nil {
            return nil
        }
        return card
    }

    /// Of the employee numbers that the tests hand out.
    private static func isNumber(_ text: String) -> Bool {
        text == "0" || (text.first != "0" && text.allSatisfy { "0123456789".contains($0) })
    }
}

extension Oracle.Card {
    init(_ contact: Contact) {
        self.init(
            email: contact.email, name: contact.name, mobile: contact.phones[.mobile], work: contact.phones[.work],
            department: contact.customFields["Department"]?.shown, badge: contact.customFields["Badge"]?.shown)
    }
}
