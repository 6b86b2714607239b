import ContactSync
import Testing

struct NoticeRulesTests {
    private static let tenant = TenantID(rawValue: "t1")
    private static let other = TenantID(rawValue: "t2")
    private static let unavailable = NoticeCause(.tenantNotRead, tenant, detail: "unavailable")
    private static let disabled = NoticeCause(.tenantDisabled, tenant)

    /// What stands or is over, what is open, and the events that follow, in short.
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let findings: [NoticeFinding]
        let open: [NoticeCause]
        let events: [String]
        var testDescription: String { name }
    }

    static let rows = [
        Row(name: "nothing stands and nothing is open", findings: [], open: [], events: []),
        Row(name: "a cause is told", findings: [stands(unavailable)], open: [], events: ["raised 1"]),
        Row(name: "the same cause is told once", findings: [stands(unavailable)], open: [unavailable], events: []),
        Row(
            name: "its end is told", findings: [.init(unavailable.topic, .well)], open: [unavailable],
            events: ["cleared 1 recovered"]),
        Row(
            name: "what concerns nobody any more is cleared as such", findings: [.init(unavailable.topic, .obsolete)],
            open: [unavailable], events: ["cleared 1 obsolete"]),
        Row(name: "a topic of which nothing is known stays", findings: [], open: [unavailable], events: []),
        Row(
            name: "another cause of the topic takes its place", findings: [stands(disabled)], open: [unavailable],
            events: ["raised 2 for 1", "cleared 1 replaced"]),
        Row(
            name: "a threshold takes the place of the one before",
            findings: [stands(NoticeCause(.credentialExpiring, tenant, detail: "7"))],
            open: [NoticeCause(.credentialExpiring, tenant, detail: "30")],
            events: ["raised 2 for 1", "cleared 1 replaced"]),
        Row(
            name: "topics of one tenant, and of others, are apart",
            findings: [
                stands(NoticeCause(.tenantHeld, tenant)), stands(NoticeCause(.tenantNotRead, other, detail: "refused")),
                .init(.init(.helpDesk), .well),
            ], open: [unavailable, NoticeCause(.helpDeskDown)],
            events: ["raised 3", "raised 4", "cleared 2 recovered"]),
        Row(
            name: "records that newly fail take the place of those before",
            findings: [stands(NoticeCause(.recordsFailing, tenant, detail: "9"))],
            open: [NoticeCause(.recordsFailing, tenant, detail: "4")], events: ["raised 2 for 1", "cleared 1 replaced"]),
    ]

    private static func stands(_ cause: NoticeCause) -> NoticeFinding { .stands(cause, NoticeFacts(domain: "d")) }

    @Test(arguments: rows) func `what is told follows from what stands and what was told`(row: Row) {
        let open = row.open.enumerated().map { OpenNotice(number: Int64($0.offset + 1), cause: $0.element) }
        let events = NoticeRules.events(row.findings, open: open, last: Int64(open.count))
        #expect(events.map(short) == row.events)
    }

    private func short(_ event: Event) -> String {
        switch event {
        case .noticeRaised(let raised):
            "raised \(raised.notice)" + (raised.replaces.map { " for \($0.map(String.init).joined())" } ?? "")
        case .noticeCleared(let cleared): "cleared \(cleared.notice) \(cleared.ending.rawValue)"
        default: event.type.rawValue
        }
    }

    @Test func `telling twice what stands tells it once`() {
        let findings = [NoticeRulesTests.stands(NoticeRulesTests.disabled)]
        let first = NoticeRules.events(findings, open: [], last: 6)
        guard case .noticeRaised(let raised)? = first.first else { return #expect(Bool(false)) }
        #expect(raised.notice == 7 && first.count == 1)
        let open = [OpenNotice(number: raised.notice, cause: raised.cause)]
        #expect(NoticeRules.events(findings, open: open, last: 7).isEmpty)
    }
}

struct NoticeRecipientsTests {
    @Test func `an address keeps its number, and no number is given twice`() {
        let first = NoticeRecipients.none.changed(admins: true, emails: ["a@x.example", "b@x.example"], last: 0)
        #expect(first.addresses.map(\.number) == [1, 2])
        let second = first.changed(admins: false, emails: ["B@x.example", "b@x.example"], last: 2)
        #expect(second.addresses == [first.addresses[1]])
        let third = second.changed(admins: false, emails: ["a@x.example", "b@x.example"], last: 2)
        #expect(third.addresses.map(\.number) == [3, 2])
    }

    @Test(arguments: [NoticeTarget.agent(3), .address(12), .webhook])
    func `a target is read as it was written`(target: NoticeTarget) { #expect(NoticeTarget(target.text) == target) }
}

struct NoticeTextTests {
    private func text(_ kind: NoticeCause.Kind, _ ending: NoticeCleared.Ending? = nil) -> NoticeText {
        var facts = NoticeFacts(domain: "contoso.example")
        facts.records = .init(new: 2, failing: 5, reasons: ["phoneEmpty": 1, "refused": 2])
        (facts.reason, facts.aadsts) = ("the secret has expired", 7_000_222)
        (facts.expiresAt, facts.signIn) = (0, .certificate)
        let raised = NoticeRaised(
            notice: 1, cause: NoticeCause(kind, TenantID(rawValue: "t"), detail: "7"), facts: facts)
        return NoticeText(raised, ending: ending, day: { "day \($0)" })
    }

    @Test(arguments: NoticeCause.Kind.allCases) func `each cause has words for its beginning and its end`(
        kind: NoticeCause.Kind
    ) {
        let (raised, cleared) = (text(kind), text(kind, .recovered))
        #expect(!raised.title.isEmpty && !cleared.title.isEmpty && raised.title != cleared.title)
        #expect(cleared.advice.isEmpty && !raised.commands.isEmpty)
        #expect(text(kind, .obsolete).title.contains(raised.title))
    }

    @Test func `counts, codes and days are told`() {
        #expect(text(.recordsFailing).title == "2 records of contoso.example newly fail")
        let details = text(.recordsFailing).details.map(\.value)
        #expect(details.contains("2 newly, 5 in all"))
        #expect(details.contains("2 refused by the help desk, 1 with an empty phone number"))
        #expect(text(.tenantDisabled).details.first?.value == "the secret has expired (AADSTS7000222)")
        #expect(text(.credentialExpiring).title == "the certificate of contoso.example expires on day 0")
    }

    /// A reason that is added later must not come to admins as a code.
    @Test(arguments: ReasonTests.all.map(\.0)) func `each reason of a failure has words`(reason: Reason) {
        var facts = NoticeFacts()
        facts.records = .init(new: 1, failing: 1, reasons: [reason.code: 1])
        let raised = NoticeRaised(notice: 1, cause: NoticeCause(.recordsFailing), facts: facts)
        #expect(
            !NoticeText(raised, day: { "\($0)" }).details.contains {
                $0.value.contains(reason.code) && reason.code != "refused"
            })
    }
}
