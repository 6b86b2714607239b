import ArgumentParser
import ContactSync
import Journal
import Projections

struct AgentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "The people of the help desk.",
        subcommands: [AgentAdd.self, AgentList.self, AgentRemove.self])
}

struct AgentAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add an agent.",
        discussion: "Example: foxtrail agent add bo@acme.example --name Bo --role agent")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The agent's e-mail.") var email: String
    @Option(help: "The agent's name.") var name: String
    @Option(help: "admin (may change anything here) or agent.") var role: String

    static func check(email: String) throws {
        guard EmailAddress.isValid(email) else { throw Failure(.badInput, "\(email) is not an e-mail address") }
    }

    func run() throws {
        try AgentAdd.check(email: email)
        guard let role = Role(rawValue: role) else {
            throw Failure(.badInput, "unknown role \(role)", ["one of admin, agent"])
        }
        let agents = try global.readModels().read { try Installation.agents($0) }
        // Without any agent nobody could ever be permitted: the first one adds themselves.
        let actor = agents.isEmpty ? "agent:1" : try global.permittedActor()
        try Store(home: global.directory).transact(Occasion(actor: actor, time: Clock.now())) { transaction in
            let agents = try Installation.agents(transaction.db)
            if agents.contains(where: { EmailAddress.areSame($0.email, email) }) {
                throw Failure(.badInput, "\(email) is an agent already")
            }
            let number = try Installation.nextAgent(transaction.db)
            try transaction.append(
                .agentAdded(.init(agent: number, email: email, name: name, role: role)), .agent(number))
        }
        if !global.quiet { Output.line("added \(email) as \(role.rawValue)") }
    }
}

struct AgentList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the agents.")
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let agents = try global.readModels().read { try Installation.agents($0) }
        if global.json {
            for agent in agents {
                Output.json([
                    ("email", .string(agent.email)), ("name", .string(agent.name)),
                    ("role", .string(agent.role.rawValue)), ("manageApps", .bool(agent.role.managesApps)),
                ])
            }
            return
        }
        Output.table(
            ["EMAIL", "NAME", "ROLE", "MANAGE APPS"],
            agents.map { [$0.email, $0.name, $0.role.rawValue, $0.role.managesApps ? "yes" : "no"] })
    }
}

struct AgentRemove: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove an agent.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The agent's e-mail.") var email: String

    func run() throws {
        try global.change { transaction in
            let agents = try Installation.agents(transaction.db)
            guard let agent = agents.first(where: { EmailAddress.areSame($0.email, email) }) else {
                throw Failure(.badInput, "\(email) is not an agent here", ["foxtrail agent list shows who is"])
            }
            guard agents.contains(where: { $0.role.managesApps && $0.number != agent.number }) else {
                throw Failure(.badInput, "\(email) is the last agent with Manage Apps", ["add another admin first"])
            }
            try transaction.append(.agentRemoved(.init(agent: agent.number)), .agent(agent.number))
        }
        if !global.quiet { Output.line("removed \(email)") }
    }
}
