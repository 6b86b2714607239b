import ArgumentParser
import ContactSync
import HTTP
import HappyFox
import GRDB
import Projections
import SyncEngine

struct HelpDeskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "help-desk", abstract: "Where the contacts live: here, or in a HappyFox account.",
        discussion: "Example: foxtrail help-desk show",
        subcommands: [HelpDeskUse.self, HelpDeskShow.self])
}

struct HelpDeskUse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "use", abstract: "Say where the contacts live.",
        discussion: """
            Example: foxtrail help-desk use happyfox --url https://acme.happyfox.com --api-key-file key.txt

            The file holds KEY:AUTHCODE, as HappyFox shows them under Apps > Goodies > API; it is copied to the \
            secrets of this installation. The key is tried before anything is changed.

            Contacts that are linked to users stay where they are: with --relink the users are matched again, by \
            e-mail, with the contacts of the new help desk.
            """)
    @OptionGroup var global: GlobalOptions
    @Argument(help: "embedded or happyfox.") var kind: String
    @Option(help: "The account's address, such as https://acme.happyfox.com.") var url: String?
    @Option(help: ArgumentHelp("A file that holds KEY:AUTHCODE.", valueName: "file"), completion: .file())
    var apiKeyFile: String?
    @Option(
        help: ArgumentHelp(
            "How much of the account's request limits a sync may use, 1 to 100. (default: 80)", valueName: "percent"))
    var limitShare: Int?
    @Flag(help: "Let go of the links to the contacts of the present help desk.") var relink = false

    func validate() throws {
        guard HelpDesk.Kind(rawValue: kind) != nil else {
            throw ValidationError("unknown help desk \(kind): one of embedded, happyfox")
        }
        guard kind == "happyfox" else {
            if url != nil || apiKeyFile != nil || limitShare != nil {
                throw ValidationError("--url, --api-key-file and --limit-share are for happyfox")
            }
            return
        }
        if url == nil { throw ValidationError("--url is needed: the account's address") }
        if apiKeyFile == nil { throw ValidationError("--api-key-file is needed: a file that holds KEY:AUTHCODE") }
        if let limitShare, !(1...100).contains(limitShare) {
            throw ValidationError("--limit-share is a percentage from 1 to 100")
        }
    }

    func run() async throws {
        _ = try global.permittedActor()
        guard let kind = HelpDesk.Kind(rawValue: kind) else {
            throw Failure(.badInput, "unknown help desk \(kind)", ["one of embedded, happyfox"])
        }
        switch kind {
        case .embedded:
            try SyncLock.keepingOut(home: global.directory) {
                try change(to: .embedded)
            }
        case .happyfox: try await useHappyFox()
        }
    }

    private func useHappyFox() async throws {
        guard let url, let apiKeyFile else { return }
        let root = try HappyFoxRoot(url)
        let present = try global.readModels().read { try HelpDeskState.fetch($0).desk }
        // Another key for the same account leaves the share as it is.
        let share = limitShare ?? (present.url == root.url ? present.requestShare : nil)
        let desk = HelpDesk(kind: .happyfox, url: root.url, requestShare: share)
        if let exposure = Secrets.exposure(of: apiKeyFile) { Notice.hint(exposure, quiet: global.quiet) }
        let secret = try Secrets.read(file: apiKeyFile)
        let key = try HappyFoxKey(secret)
        try global.readModels().read { _ = try checked(desk, $0) }
        let web = try HelpDeskAccess.web()
        let client = HappyFoxClient(root: root, key: key, web: web, gate: .open)
        let agents: Result<Int, any Error>
        do { agents = .success(try await client.probe()) } catch { agents = .failure(error) }
        await web.shutdown()
        let count = try agents.get()
        let isNewKey = (try? global.secrets.load(.happyFoxKey, hint: "")) != secret
        // A sync that runs writes to the help desk that it began with.
        try SyncLock.keepingOut(home: global.directory) {
            try change(to: desk, key: secret, agents: count, isNewKey: isNewKey)
        }
    }

    /// Another key is a change too, though the event cannot hold it.
    private func change(
        to desk: HelpDesk, key: String? = nil, agents: Int? = nil, isNewKey: Bool = false
    ) throws {
        let event = try global.change { transaction, secrets -> Event? in
            if let key { secrets.keep(key, as: .happyFoxKey) } else { secrets.remove(.happyFoxKey) }
            let state = try checked(desk, transaction.db)
            if state.desk == desk, !isNewKey { return nil }
            let event = Event.helpDeskChanged(
                .init(helpDesk: desk, relinks: relink && state.isElsewhere(than: desk)))
            try transaction.append(event, .helpDesk)
            return event
        }
        let known = agents.map { "; the key works, the account has \($0) agent\($0 == 1 ? "" : "s")" } ?? ""
        global.tell(
            event.map { [$0] } ?? [], desk.json,
            event == nil ? "contacts live in \(desk.words) already\(known)" : "contacts live in \(desk.words)\(known)")
        if event != nil, desk.isRemote {
            Notice.hint("foxtrail field pull reads its custom fields", quiet: global.quiet)
        }
    }

    private func checked(_ desk: HelpDesk, _ db: Database) throws -> HelpDeskState {
        if !relink { try HelpDeskSettings.expectNobodyLeft(by: desk, db, "--relink") }
        return try HelpDeskState.fetch(db)
    }
}

struct HelpDeskShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show where the contacts live.", discussion: "Example: foxtrail help-desk show")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption

    func run() throws {
        let models = try moment.readModels(global)
        let (state, contacts, zone) = try models.read { db in
            (try HelpDeskState.fetch(db), try Contacts.count(db), try Installation.account(db)?.timeZone)
        }
        if global.json {
            return Output.json(
                state.desk.json + [
                    ("contacts", .number(String(contacts))),
                    ("contactsReadAt", Output.json(time: state.contactsReadAt)),
                    ("refusedUntil", Output.json(time: state.throttledUntil)),
                ])
        }
        let isRemote = state.desk.isRemote
        Output.record([
            ("help desk", state.desk.words), ("contacts known", String(contacts)),
            ("read to the end", isRemote ? Output.time(state.contactsReadAt, zone: zone) : ""),
            ("limit share", isRemote ? "\(state.desk.requestShare ?? RateLimiter.usualShare) %" : ""),
            (
                "refused until",
                (state.throttledUntil ?? 0) > models.time ? Output.time(state.throttledUntil, zone: zone) : ""
            ),
        ])
    }
}

extension HelpDesk {
    var json: [(key: String, value: JSONValue)] {
        [
            ("kind", .string(kind.rawValue)), ("url", JSONValue(url)),
            ("limitShare", isRemote ? .number(String(requestShare ?? RateLimiter.usualShare)) : .null),
        ]
    }
}
