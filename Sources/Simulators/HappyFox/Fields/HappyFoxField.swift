/// A custom field of contacts, as the account's administrator defines it. KB 1092 lists five kinds of them; the words
/// that stand for three of these on the wire are documented nowhere.
package struct HappyFoxField: Sendable, Equatable {
    /// What a field holds.
    package enum Kind: Sendable, Equatable {
        case text
        case number
        case dropdown
        case multipleChoice
        case date
        /// A kind that nobody has heard of yet; the word is its wire type. Any text will do as a value.
        case other(String)

        var hasChoices: Bool { self == .dropdown || self == .multipleChoice }
    }

    /// One entry of a dropdown or multiple choice.
    package struct Choice: Sendable, Equatable {
        /// What is written to choose it.
        package var id: Int
        /// What people read.
        package var text: String

        /// Pairs an id with its label.
        package init(id: Int, text: String) {
            self.id = id
            self.text = text
        }
    }

    /// The number in `c-cf-<id>`.
    package var id: Int
    /// What people read.
    package var name: String
    /// What it holds.
    package var kind: Kind
    /// A new contact must have it.
    package var isRequired: Bool
    /// In the order in which they are shown.
    package var choices: [Choice]
    /// Contacts do not see it in the portal.
    package var isVisibleToStaffOnly: Bool

    /// Defines a field; a kind without choices ignores them.
    package init(
        id: Int, name: String, kind: Kind = .text, isRequired: Bool = false, choices: [Choice] = [],
        isVisibleToStaffOnly: Bool = false
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
        self.choices = choices
        self.isVisibleToStaffOnly = isVisibleToStaffOnly
    }

    /// The key under which a value is posted.
    var key: String { "c-cf-\(id)" }
}
