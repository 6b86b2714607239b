package import ContactSync
package import GRDB

/// An agent as listed.
package struct Agent: Equatable, Sendable {
    package let number: Int64
    package let email: String
    package let name: String
    package let role: Role

    package init(number: Int64, email: String, name: String, role: Role) {
        self.number = number
        self.email = email
        self.name = name
        self.role = role
    }
}

/// What the installation is set to.
package enum Installation {
    package static func account(_ db: Database) throws -> Account? {
        try String.fetchOne(db, sql: "SELECT data FROM account").map { try Coded.value($0) }
    }

    package static func isAppInstalled(_ db: Database) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT installed FROM app") ?? false
    }

    /// The agents that were not removed, in the order in which they were added.
    package static func agents(_ db: Database) throws -> [Agent] {
        try Row.fetchAll(db, sql: "SELECT number, email, name, role FROM agents WHERE removed = 0 ORDER BY number").map
        {
            Agent(number: $0[0], email: $0[1], name: $0[2], role: Role(rawValue: $0[3]) ?? .agent)
        }
    }

    /// What actors are called in lists: removed agents too, since the journal still names them.
    package static func agentEmail(_ number: Int64, _ db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT email FROM agents WHERE number = ? AND email <> ''", arguments: [number])
    }

    /// Whether an agent has or had this e-mail address, which is forgotten only with an erasure.
    package static func everHadAgent(_ email: String, _ db: Database) throws -> Bool {
        try String.fetchAll(db, sql: "SELECT email FROM agents").contains { $0.lowercased() == email.lowercased() }
    }

    package static func nextAgent(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT coalesce(max(number), 0) + 1 FROM agents") ?? 1
    }

    /// The custom fields, in the order in which they were defined.
    package static func fields(_ db: Database) throws -> [FieldDefinition] {
        try String.fetchAll(db, sql: "SELECT data FROM fields ORDER BY number").map { try Coded.value($0) }
    }

    /// The tenants, in the order in which they were authorized.
    package static func tenants(_ db: Database) throws -> [Tenant] {
        try String.fetchAll(db, sql: "SELECT data FROM tenants ORDER BY number").map { try Coded.value($0) }
    }
}
