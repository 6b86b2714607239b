/// A contact group. Contacts of its domains join it when they are made. KB 1092.
package struct HappyFoxGroup: Sendable, Equatable {
    /// The number in `contact_group/<id>/`.
    package var id: Int
    /// Unique.
    package var name: String
    /// May be empty.
    package var description: String
    /// Without the `@`.
    package var domains: [String]

    /// A group that new contacts of these domains join.
    package init(id: Int, name: String, description: String = "", domains: [String] = []) {
        self.id = id
        self.name = name
        self.description = description
        self.domains = domains
    }
}
