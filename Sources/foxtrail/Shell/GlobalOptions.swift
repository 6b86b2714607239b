import ArgumentParser
import ContactSync
import Foundation
import GRDB
import Journal
import Projections

/// What every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The directory of this installation; else FOXTRAIL_HOME, else ~/.local/share/foxtrail.", valueName: "dir"))
    var home: String?

    @Option(name: .customLong("as"), help: ArgumentHelp("The agent who acts; else FOXTRAIL_AGENT.", valueName: "email"))
    var agent: String?

    @Flag(help: "Print JSON: one object, or one object a line for lists.")
    var json = false

    @Flag(help: "Print no progress and no notices.")
    var quiet = false

    private var environment: [String: String] { ProcessInfo.processInfo.environment }

    var directory: String {
        if let home = home ?? environment["FOXTRAIL_HOME"], !home.isEmpty { return home }
        // As the XDG specification has it: empty or relative counts as unset.
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/foxtrail" }
        return (environment["HOME"] ?? NSHomeDirectory()) + "/.local/share/foxtrail"
    }

    var actingEmail: String? {
        guard let email = agent ?? environment["FOXTRAIL_AGENT"], !email.isEmpty else { return nil }
        return email
    }

    var secrets: Secrets { Secrets(home: directory) }

    func readModels() throws -> ReadModels {
        do {
            return try folding { try ReadModels(home: directory, progress: $0) }
        } catch let error as DatabaseError where Failure(describing: error).code == .io {
            // On a full disk is still told what is known.
            return try folding { try ReadModels(observing: directory, progress: $0) }
        }
    }

    /// Runs a change: who acts is looked up and allowed before anything is appended.
    func change<T>(_ body: (Store.Transaction) throws -> T) throws -> T {
        try change { transaction, _ in try body(transaction) }
    }

    /// Runs a change that goes with secrets: they change with its events, or not at all.
    func change<T>(_ body: (Store.Transaction, inout SecretsChange) throws -> T) throws -> T {
        let actor = try permittedActor()
        return try secrets.transact(
            Occasion(actor: actor, time: Clock.now()), in: Store(home: directory), body)
    }

    /// What a command that changes something says: JSON, or a line for people.
    func tell(_ events: [Event], _ members: [(key: String, value: JSONValue)], _ text: String) {
        if json { return Output.change(events, members) }
        if !quiet { Output.line(Output.printable(text)) }
    }

    /// The journal's name of the agent who acts; refuses those who may not change anything.
    func permittedActor() throws -> String {
        let agents = try readModels().read { try Installation.agents($0) }
        guard let email = actingEmail else {
            throw Failure(
                .notPermitted, "nobody is named who acts", ["--as EMAIL, or FOXTRAIL_AGENT in the environment"])
        }
        guard let agent = agents.first(where: { $0.email.lowercased() == email.lowercased() }) else {
            throw Failure(.notPermitted, "\(email) is not an agent here", ["foxtrail agent list shows who is"])
        }
        guard agent.role.managesApps else {
            throw Failure(
                .notPermitted, "\(email) lacks the permission Manage Apps", ["an agent with the role admin has it"])
        }
        return "agent:\(agent.number)"
    }
}

enum Clock {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    static func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}
