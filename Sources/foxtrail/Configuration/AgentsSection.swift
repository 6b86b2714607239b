import ContactSync
import Projections
import Yams

/// `agents: [{email, name, role}]`, the whole list: who is not in it is removed.
enum AgentsSection: SettingsSection {
    static let key = "agents"
    private static let example = "agents: [{email: ann@acme.example, name: Ann, role: admin}]"

    static func read(_ node: Node, _ file: SettingsFile, into settings: inout InstallationSettings) throws {
        let present = settings.agents
        var (agents, next) = ([Agent](), settings.nextAgent)
        for element in try file.yaml.elements(node, of: key, example: example) {
            let (email, name, role) = try read(element, file)
            guard !agents.contains(where: { EmailAddress.areSame($0.email, email) }) else {
                throw file.yaml.failure(element, "the agent \(email) stands in the list twice")
            }
            let known = present.first { EmailAddress.areSame($0.email, email) }
            agents.append(
                Agent(
                    number: known?.number ?? next, email: known?.email ?? email, name: name ?? known?.name ?? email,
                    role: role))
            if known == nil { next += 1 }
        }
        guard agents.contains(where: \.role.managesApps) else {
            throw file.yaml.failure(
                node, "no agent would be left with Manage Apps", ["one at least has the role admin"])
        }
        settings.agents = agents
    }

    private static func read(_ node: Node, _ file: SettingsFile) throws -> (email: String, name: String?, role: Role) {
        let yaml = file.yaml
        let members = try yaml.members(node, of: key, known: ["email", "name", "role"], example: example)
        guard let email = members["email"], let role = members["role"] else {
            throw yaml.failure(node, "an agent needs an email and a role", ["such as \(example)"])
        }
        let address = try yaml.text(email, "\(key).email")
        try yaml.checked(email) { try AgentAdd.check(email: address) }
        let name = try members["name"].map { node in
            let name = try yaml.text(node, "\(key).name")
            try yaml.checked(node) { try AgentAdd.check(name: name) }
            return name
        }
        guard let known = Role(rawValue: try yaml.text(role, "\(key).role")) else {
            throw yaml.failure(role, "\(key).role must be admin or agent")
        }
        return (address, name, known)
    }

    static func changes(_ old: InstallationSettings, _ new: InstallationSettings) -> [SettingsChange] {
        let gone = old.agents.filter { agent in !new.agents.contains { $0.number == agent.number } }
        let stay = new.agents.compactMap { agent -> SettingsChange? in
            let before = old.agents.first { $0.number == agent.number }
            return before == agent ? nil : SettingsChange(key, before.map(words), words(agent), isElement: true)
        }
        return stay + gone.map { SettingsChange(key, words($0), nil, isElement: true) }
    }

    static func events(_ old: InstallationSettings, _ new: InstallationSettings) -> [PlannedEvent] {
        let gone = old.agents.filter { agent in !new.agents.contains { $0.number == agent.number } }
        let stay = new.agents.compactMap { agent -> PlannedEvent? in
            let subject = Subject.agent(agent.number)
            guard let before = old.agents.first(where: { $0.number == agent.number }) else {
                return PlannedEvent(
                    .agentAdded(
                        .init(agent: agent.number, email: agent.email, name: agent.name, role: agent.role)), subject)
            }
            if before == agent { return nil }
            return PlannedEvent(
                .agentChanged(.init(agent: agent.number, name: agent.name, role: agent.role)), subject)
        }
        return stay + gone.map { PlannedEvent(.agentRemoved(.init(agent: $0.number)), .agent($0.number)) }
    }

    static func written(_ settings: InstallationSettings) -> JSONValue? {
        .array(
            settings.agents.map {
                .object([
                    ("email", .string($0.email)), ("name", .string($0.name)), ("role", .string($0.role.rawValue)),
                ])
            })
    }

    private static func words(_ agent: Agent) -> String {
        let name = agent.name == agent.email ? "" : "\(agent.name), "
        return "\(agent.email) (\(name)\(agent.role.rawValue))"
    }
}
