/// A contact as a test or a person sees it: custom fields by name, choices by label.
package struct HappyFoxContact: Sendable, Equatable {
    /// A telephone number.
    package struct Phone: Sendable, Equatable {
        /// 0 has one given to it.
        package var id: Int
        /// `mo`, `w`, `m`, `h` or `o`. KB 1092.
        package var type: String
        /// As somebody typed it.
        package var number: String

        /// A number that is new unless it has an id.
        package init(id: Int = 0, type: String = "o", number: String) {
            self.id = id
            self.type = type
            self.number = number
        }
    }

    /// 0 has one given to it.
    package var id: Int
    /// The full name.
    package var name: String
    /// A contact can do without.
    package var email: String?
    /// In the order in which they were added.
    package var phones: [Phone]
    /// The id of one of them; nil is the first.
    package var primaryPhone: Int?
    /// By the fields' names; what is not set is missing.
    package var fields: [String: JSONValue]
    /// Whether the contact may sign in to the portal. The API does not tell.
    package var isLoginEnabled = true
    /// The ids of the contact groups.
    package var groups: [Int] = []
    /// Those of the groups whose tickets the contact may see all.
    package var ticketAccess: Set<Int> = []
    /// Of all time.
    package var tickets = 0
    /// Of these, the open ones.
    package var pendingTickets = 0
    /// Milliseconds since 1970; nil in contacts of old.
    package var createdAt: Int64?
    /// Milliseconds since 1970; nil in contacts of old.
    package var updatedAt: Int64?

    /// A contact that is new unless it has an id.
    package init(
        id: Int = 0, name: String, email: String? = nil, phones: [Phone] = [], fields: [String: JSONValue] = [:]
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.phones = phones
        self.fields = fields
    }
}
