import ContactSync
import FoundationEssentials
import GRDB
import Journal

/// Account, agents, app and fields: few rows, changed by admins.
struct InstallationTable {
    static let version = 1
    static let schema = """
        CREATE TABLE account (data TEXT NOT NULL) STRICT;
        CREATE TABLE agents (
            number INTEGER PRIMARY KEY, email TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
            removed INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE app (installed INTEGER NOT NULL) STRICT;
        INSERT INTO app VALUES (0);
        CREATE TABLE fields (name TEXT PRIMARY KEY, number INTEGER NOT NULL, data TEXT NOT NULL, changed_at INTEGER NOT NULL) STRICT;
        """

    static func apply(_ event: Event, _ record: RecordedEvent, _ db: Database) throws {
        switch event {
        case .accountOpened(let opened): try set(opened.account, db)
        case .accountChanged(let changed): try set(changed.account, db)
        case .agentAdded(let agent):
            try db.execute(
                sql: "INSERT INTO agents VALUES (?, ?, ?, ?, 0)",
                arguments: [agent.agent, agent.email, agent.name, agent.role.rawValue])
        case .agentChanged(let agent):
            try db.execute(
                sql: "UPDATE agents SET name = ?, role = ? WHERE number = ?",
                arguments: [agent.name, agent.role.rawValue, agent.agent])
        case .agentRemoved(let agent):
            try db.execute(sql: "UPDATE agents SET removed = 1 WHERE number = ?", arguments: [agent.agent])
        case .appInstalled: try db.execute(sql: "UPDATE app SET installed = 1")
        case .appUninstalled: try db.execute(sql: "UPDATE app SET installed = 0")
        case .fieldDefined(let field), .fieldChanged(let field):
            try db.execute(
                sql: """
                    INSERT INTO fields VALUES (?, ?, ?, ?)
                    ON CONFLICT (name) DO UPDATE SET data = excluded.data, changed_at = excluded.changed_at
                    """,
                arguments: [field.name, record.position.rawValue, try Coded.text(field), record.position.rawValue])
        case .fieldRemoved(let field):
            try db.execute(sql: "DELETE FROM fields WHERE name = ?", arguments: [field.name])
        default: break
        }
    }

    private static func set(_ account: Account, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM account")
        try db.execute(sql: "INSERT INTO account VALUES (?)", arguments: [try Coded.text(account)])
    }
}

/// Small values kept as JSON text.
enum Coded {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func value<Value: Decodable>(_ text: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
}
