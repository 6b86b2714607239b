extension UsersLink {
    /// Properties of a user that Graph gives for one user at a time only
    /// (learn.microsoft.com/graph/api/user-list, learn.microsoft.com/graph/delta-query-overview).
    private static let singleUserOnly: Set = [
        "aboutMe", "birthday", "hireDate", "interests", "mailboxSettings", "mySite", "pastProjects", "preferredName",
        "responsibilities", "schools", "skills",
    ]

    /// The selected properties that an answer refuses: a 400 names them behind a colon, a 501 leaves them to be known.
    func refusedProperties(status: Int, message: String) -> [String] {
        switch (self, status) {
        case (.deltaStart(let select), 400), (.listStart(let select, _), 400), (.membersStart(_, let select, _), 400):
            guard let colon = message.lastIndex(of: ":") else { return [] }
            let named = Set(message[colon...].split { !$0.isLetter && !$0.isNumber && $0 != "_" })
            return select.filter { named.contains($0[...]) }
        case (.deltaStart(let select), 501), (.listStart(let select, _), 501), (.membersStart(_, let select, _), 501):
            return select.filter(UsersLink.singleUserOnly.contains)
        default: return []
        }
    }
}
