/// The help desk account that this installation serves. The journal's first event.
package struct AccountOpened: Codable, Equatable, Sendable {
    /// A random id of the journal: through the first leaf it is part of every root, so no two journals share one.
    package let journal: String
    package let account: Account
    package init(journal: String, account: Account) {
        self.journal = journal
        self.account = account
    }
}

package struct AccountChanged: Codable, Equatable, Sendable {
    package let account: Account
    package init(account: Account) { self.account = account }
}

package struct Account: Codable, Equatable, Sendable {
    package var name: String
    /// An identifier of the IANA time zone database.
    package var timeZone: String
    package var portalURL: String
    package var plan: Plan
    package init(name: String, timeZone: String, portalURL: String, plan: Plan) {
        self.name = name
        self.timeZone = timeZone
        self.portalURL = portalURL
        self.plan = plan
    }
}

package enum Plan: String, Codable, CaseIterable, Sendable {
    case basic, team, pro
    case enterprisePro = "enterprise-pro"
    case unlimitedAgents = "unlimited-agents"

    /// Whether the Entra ID app can be installed.
    package var hasEntraSync: Bool {
        switch self {
        case .basic, .team: false
        case .pro, .enterprisePro, .unlimitedAgents: true
        }
    }
}

/// A person of the help desk.
package struct AgentAdded: Codable, Equatable, Sendable {
    /// Counted from 1; what the journal calls the agent everywhere else.
    package let agent: Int64
    package let email: String
    package let name: String
    package let role: Role
    package init(agent: Int64, email: String, name: String, role: Role) {
        self.agent = agent
        self.email = email
        self.name = name
        self.role = role
    }
}

/// An agent has another name or role; the e-mail is whom it is about, and stays.
package struct AgentChanged: Codable, Equatable, Sendable {
    package let agent: Int64
    package let name: String
    package let role: Role
    package init(agent: Int64, name: String, role: Role) {
        self.agent = agent
        self.name = name
        self.role = role
    }
}

package struct AgentRemoved: Codable, Equatable, Sendable {
    package let agent: Int64
    package init(agent: Int64) { self.agent = agent }
}

package enum Role: String, Codable, CaseIterable, Sendable {
    case admin, agent

    /// *Manage Apps*: may change anything here.
    package var managesApps: Bool {
        switch self {
        case .admin: true
        case .agent: false
        }
    }
}

package struct FieldRemoved: Codable, Equatable, Sendable {
    package let name: String
    package init(name: String) { self.name = name }
}
