import ArgumentParser
import ContactSync
import Journal
import Projections

struct AgentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "The people of the help desk.",
        discussion: "Example: foxtrail agent list",
        subcommands: [AgentAdd.self, AgentList.self, AgentRemove.self])
}

struct AgentAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add an agent; the first one needs nobody's permission.",
        discussion: "Example: foxtrail agent add bo@acme.example --name Bo --role agent")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The agent's e-mail.") var email: String
    @Option(help: "The agent's name.") var name: String
    @Option(help: "admin (may change anything here) or agent.") var role: String

    static func check(email: String) throws {
        guard EmailAddress.isValid(email) else { throw Failure(.badInput, "\(email) is not an e-mail address") }
    }

    static func check(name: String) throws {
        guard name.contains(where: { !$0.isWhitespace }) else { throw Failure(.badInput, "the agent's name is empty") }
    }

    func run() throws {
        try AgentAdd.check(email: email)
        guard let role = Role(rawValue: role) else {
            throw Usage.unknown("role", role, among: ["admin", "agent"])
        }
        try AgentAdd.check(name: name)
        let agents = try global.readModels().read { try Installation.agents($0) }
        guard !agents.isEmpty || role.managesApps else {
            throw Failure(.badInput, "the first agent must be an admin", ["--role admin"])
        }
        // Without any agent nobody could ever be permitted: the first one adds themselves.
        let actor = agents.isEmpty ? "agent:1" : try global.permittedActor()
        let store = try Store(home: global.directory)
        let (event, agent) = try store.transact(Occasion(actor: actor, time: Clock.now())) { transaction in
            let agents = try Installation.agents(transaction.db)
            if agents.contains(where: { EmailAddress.areSame($0.email, email) }) {
                throw Failure(.badInput, "\(email) is an agent already", ["foxtrail agent list shows who is"])
            }
            let number = try Installation.nextAgent(transaction.db)
            let event = Event.agentAdded(.init(agent: number, email: email, name: name, role: role))
            try transaction.append(event, .agent(number))
            return (event, try Installation.agents(transaction.db).first { $0.number == number })
        }
        global.tell([event], agent?.json ?? [], "added \(email) as \(role.rawValue)")
    }
}

struct AgentList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the agents and who of them may change anything.",
        discussion: "Example: foxtrail agent list")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption

    func run() throws {
        let agents = try moment.readModels(global).read { try Installation.agents($0) }
        if global.json {
            return agents.forEach { Output.json($0.json) }
        }
        Output.table(
            ["EMAIL", "NAME", "ROLE", "MANAGE APPS"],
            agents.map { [$0.email, $0.name, $0.role.rawValue, $0.role.managesApps ? "yes" : "no"] })
    }
}

struct AgentRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove an agent; the journal keeps what they did.",
        discussion: "Example: foxtrail agent remove bo@acme.example")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The agent's e-mail.") var email: String

    func run() throws {
        let (event, agent) = try global.change { transaction in
            let agents = try Installation.agents(transaction.db)
            guard let agent = agents.first(where: { EmailAddress.areSame($0.email, email) }) else {
                throw Failure(.badInput, "\(email) is not an agent here", ["foxtrail agent list shows who is"])
            }
            guard agents.contains(where: { $0.role.managesApps && $0.number != agent.number }) else {
                throw Failure(.badInput, "\(email) is the last agent with Manage Apps", ["add another admin first"])
            }
            let event = Event.agentRemoved(.init(agent: agent.number))
            try transaction.append(event, .agent(agent.number))
            return (event, agent)
        }
        global.tell([event], agent.json, "removed \(agent.email)")
    }
}

extension Agent {
    var json: [(key: String, value: JSONValue)] {
        [
            ("email", .string(email)), ("name", .string(name)), ("role", .string(role.rawValue)),
            ("manageApps", .bool(role.managesApps)),
        ]
    }
}
