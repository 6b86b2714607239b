package import ContactSync
import Projections
package import Webhook

extension NoticeLetter {
    /// Of the same source as the events of `journal export --format cloudevents`.
    package var event: CloudEvent {
        CloudEvent(
            id: id, source: origin, type: "foxtrail.notice.\(part.rawValue)", subject: "notice:\(notice.number)",
            time: utc(time), data: .object(data))
    }

    /// `replaces` are all whose place it took, one after the other: the end of this one is theirs too.
    private var data: [(key: String, value: JSONValue)] {
        let (raised, text) = (notice.raised, text)
        let (cause, facts) = (raised.cause, raised.facts)
        let always: [(key: String, value: JSONValue)] = [
            ("notice", .number(String(notice.number))), ("account", .string(account.name)),
            ("title", .string(text.title)), ("kind", .string(cause.kind.rawValue)), ("cause", .string(cause.key)),
            ("raisedAt", .string(utc(notice.raisedAt))),
        ]
        let sometimes: [(key: String, value: JSONValue?)] = [
            ("tenant", cause.tenant.map { .string($0.rawValue) }), ("domain", facts.domain.map(JSONValue.string)),
            ("sync", notice.sync.map { .number(String($0)) }), ("reason", facts.reason.map(JSONValue.string)),
            ("aadsts", facts.aadsts.map { .number(String($0)) }),
            ("expiresAt", facts.expiresAt.map { .string(utc($0)) }), ("records", facts.records?.json),
            ("advice", text.advice.isEmpty ? nil : .array(text.advice.map(JSONValue.string))),
            (
                "replaces",
                notice.replaces.isEmpty ? nil : .array(notice.replaces.map { .number(String($0)) })
            ),
            ("clearedAt", part == .cleared ? notice.clearedAt.map { .string(utc($0)) } : nil),
            ("ending", part == .cleared ? notice.ending.map { .string($0.rawValue) } : nil),
        ]
        return always + sometimes.compactMap { member in member.value.map { (member.key, $0) } }
    }
}

extension NoticeFacts.Records {
    package var json: JSONValue {
        let counts = reasons.sorted { $0.key < $1.key }.map { (key: $0.key, value: JSONValue.number(String($0.value))) }
        return .object([
            ("new", .number(String(new))), ("failing", .number(String(failing))), ("reasons", .object(counts)),
        ])
    }
}
