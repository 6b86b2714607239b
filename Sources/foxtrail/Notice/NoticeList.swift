import ArgumentParser
import ContactSync
import Projections
import SyncEngine

struct NoticeList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the notices that are open or were lately, and whom they have reached.",
        discussion: """
            Example: foxtrail notice list --open

            Without --open also those that ended within 30 days. What began and ended before it reached anybody is told \
            to nobody, and shown here. A message that does not get through in five days is given up.
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var moment: AtOption
    @Flag(help: "Only what stands.") var open = false

    func run() throws {
        let models = try moment.readModels(global)
        let (rows, account) = try models.read { db in
            let targets = try Notices.targets(db)
            let since = open ? Int64.max : models.time - 30 * Milliseconds.day
            let rows = try Notices.recent(db, since: since).map { notice in
                ListedNotice(
                    notice: notice, deliveries: try Notices.deliveries(of: notice.number, db), targets: targets,
                    places: try Dictionary(targets.map { ($0, try Notices.email(of: $0, db)) }) { $1 })
            }
            return (rows, try Installation.account(db))
        }
        guard let account else { throw Failure(.configuration, "there is no account", ["foxtrail init"]) }
        if global.json { return rows.forEach { Output.json($0.json(account)) } }
        Output.table(
            ["NOTICE", "SINCE (\(account.timeZone))", "STATE", "WHAT", "TOLD"],
            rows.map { row in
                [
                    "\(row.notice.number)", Output.time(row.notice.raisedAt, zone: account.timeZone), row.state,
                    row.letter(account).text.title, row.told,
                ]
            })
    }
}

/// A notice with what is known of its way.
private struct ListedNotice {
    let notice: NoticeRow
    let deliveries: [NoticeDelivery]
    let targets: [NoticeTarget]
    let places: [NoticeTarget: String?]

    var state: String { notice.ending?.rawValue ?? "open" }

    func letter(_ account: Account) -> NoticeLetter { NoticeLetter(notice, .raised, account: account, origin: "") }

    /// Of the message that is the latest: the end, where there is one to tell.
    private var part: NoticePart {
        deliveries.contains { $0.part == .cleared } ? .cleared : .raised
    }

    var told: String {
        let latest = deliveries.filter { $0.part == part }
        let reached = latest.filter { $0.state == .delivered }.map { name($0.target) }
        let failed = latest.filter { $0.state != .delivered }.map {
            "\(name($0.target)) \($0.state == .waiting ? "waits" : "given up"): \($0.reason ?? "")"
        }
        let words = (reached.isEmpty ? [] : [reached.joined(separator: ", ")]) + failed
        if !words.isEmpty { return words.joined(separator: "; ") }
        return notice.ending != nil ? "nobody" : targets.isEmpty ? "nobody gets notices" : "not yet"
    }

    private func name(_ target: NoticeTarget) -> String { places[target].flatMap { $0 } ?? target.text }

    func json(_ account: Account) -> [(key: String, value: JSONValue)] {
        let text = letter(account).text
        let raised = notice.raised
        return [
            ("notice", JSONValue(notice.number)), ("state", .string(state)), ("title", .string(text.title)),
            ("kind", .string(raised.cause.kind.rawValue)), ("cause", .string(raised.cause.key)),
            ("tenant", JSONValue(raised.cause.tenant?.rawValue)), ("raisedAt", Output.json(time: notice.raisedAt)),
            ("clearedAt", Output.json(time: notice.clearedAt)), ("sync", JSONValue(notice.sync)),
            ("reason", JSONValue(raised.facts.reason)), ("records", raised.facts.records?.json ?? .null),
            ("expiresAt", Output.json(time: raised.facts.expiresAt)),
            ("advice", .array(text.advice.map(JSONValue.string))),
            ("deliveries", .array(deliveries.map { .object(json($0)) })),
        ]
    }

    private func json(_ delivery: NoticeDelivery) -> [(key: String, value: JSONValue)] {
        [
            ("part", .string(delivery.part.rawValue)), ("target", .string(delivery.target.text)),
            ("email", JSONValue(places[delivery.target] ?? nil)), ("state", .string(delivery.state.rawValue)),
            ("attempts", JSONValue(Int64(delivery.attempts))), ("at", Output.json(time: delivery.at)),
            ("reason", JSONValue(delivery.reason)),
        ]
    }
}
