import ContactSync

/// One value for each case of `Event`, and for each shape that a case can have.
func sampleEvents() throws -> [Event] {
    let tenant = TenantID(rawValue: "8f1c3a52-0f7e-4a5e-9a0e-2f6f2f1f0c11")
    let account = Account(
        name: "Foxtrail / Ltd \"é\"", timeZone: "Europe/Berlin", portalURL: "https://help.contoso.example/",
        plan: .enterprisePro)
    let authorized = TenantAuthorized(
        tenant: tenant, displayName: "Contoso", domains: ["contoso.example", "contoso.onmicrosoft.com"],
        clientID: "app",
        signIn: .clientSecret, authority: "https://login.microsoftonline.com", graph: "https://graph.microsoft.com")
    let totals = SyncTotals(new: 2, existing: 3, failed: 1)
    let mapping = Mapping(
        email: try path("userPrincipalName"), name: try path("displayName"),
        phones: [.work: try path("businessPhones[0]"), .mobile: try path("mobilePhone")],
        customFields: ["Cost center": try path("employeeOrgData/costCenter")])
    let contact = Contact(
        id: ContactID(rawValue: 7), email: "ann@contoso.example", name: "Ann \"A\" Lée",
        phones: [.work: "+49 1", .home: "2"],
        customFields: ["Seats": .number("5.5"), "Cost center": .text("77")])
    return [
        .accountOpened(.init(journal: "5b1d", account: account)), .accountChanged(.init(account: account)),
        .agentAdded(.init(agent: 1, email: "eve@contoso.example", name: "Eve", role: .admin)),
        .agentChanged(.init(agent: 1, name: "Eve", role: .agent)),
        .agentRemoved(.init(agent: 1)),
        .appInstalled, .appUninstalled,
        .fieldDefined(.init(name: "Site", type: .dropdown, isRequired: true, choices: ["Ulm", "Bonn"])),
        .fieldChanged(.init(name: "Tags", type: .multipleChoice)), .fieldRemoved(.init(name: "Site")),
        .tenantAuthorized(authorized), .tenantReauthorized(authorized),
        .tenantAuthorizationFailed(.init(tenant: "contoso.example", reason: "no such app", aadsts: 700016)),
        .tenantAuthorizationFailed(.init(tenant: "contoso.example", reason: "no answer", aadsts: nil)),
        .tenantDisabled(.init(tenant: tenant, reason: "secret expired", aadsts: 7_000_222, advice: "re-authorize")),
        .mappingChanged(.init(tenant: tenant, mapping: mapping)), .selectionChanged(.init(tenant: tenant, users: .all)),
        .selectionChanged(.init(tenant: tenant, users: .groups(ids: ["g1", "g2"]))),
        .selectionChanged(.init(tenant: tenant, users: .groups(ids: ["g1"]), names: ["g1": "Support"])),
        .inclusionChanged(.init(tenant: tenant, include: .init(guests: false, disabled: true))),
        .fullReadDaysChanged(.init(tenant: tenant, days: 3)),
        .tenantEnabled(.init(tenant: tenant)), .tenantDeleted(.init(tenant: tenant)),
        .overwriteChanged(.init(tenant: tenant, isOn: false)), .accountEmailChanged(.init(tenant: tenant, isOn: true)),
        .contactSyncEnabled(.init(tenant: tenant)), .contactSyncDisabled(.init(tenant: tenant)),
        .syncStarted(.init(trigger: .schedule, engine: 1, tenants: [tenant])),
        .pageRead(.init(tenant: tenant, page: 1, objects: 999, requestID: "r-1")),
        .pageRead(.init(tenant: tenant, page: 2, objects: 0, requestID: nil)),
        .userFetched(try user(#"{"id":"ann", "displayName":"L\u00e9e","seats":5.50}"#)),
        .userChanged(try user(#"{"id":"ann","department":null}"#)),
        .userRemoved(.init(cause: .softDeleted)), .userRemoved(.init(cause: .deleted)),
        .userRemoved(.init(cause: .missing)),
        .selectionRead(
            .init(tenant: tenant, extent: .full, objects: 3, properties: ["id"], deltaLink: "https://x.example/?a=b")),
        .selectionRead(.init(tenant: tenant, extent: .changes, objects: 0, properties: [], deltaLink: nil)),
        .tenantReadFailed(.init(tenant: tenant, reason: "503", aadsts: nil, requestID: "r-2")),
        .syncCompleted(.init(totals: totals)), .syncFailed(.init(reason: "disk full", totals: totals)),
        .syncInterrupted(.init(totals: totals)),
        .contactCreated(.init(contact: contact)), .contactAdded(.init(contact: .ann)),
        .contactUpdated(.init(contact: contact.id, adopts: true, changes: [])),
        .contactUpdated(
            .init(
                contact: contact.id, adopts: false,
                changes: [
                    ContactChange(.email, old: .text("a@b.cd"), new: .text("b@b.cd")),
                    ContactChange(.name, old: .text("A"), new: .text("B")),
                    ContactChange(.phone(.mobile), old: nil, new: .text("1")),
                    ContactChange(.custom("Cost.center"), old: .number("1.5"), new: nil),
                ])),
        .contactFailed(.init(contact: nil, email: "", reasons: ReasonTests.all.map(\.0))),
        .contactFailed(
            .init(contact: contact.id, email: "ann", reasons: [.emailInvalid(property: "mail", value: "ann")])),
    ] + (try helpDeskEvents(contact)) + mailEvents() + journalEvents()
        + guardEvents(tenant) + noticeEvents(tenant)
}

private func helpDeskEvents(_ contact: Contact) throws -> [Event] {
    let desk = HelpDesk(kind: .happyfox, url: "https://acme.happyfox.com", requestShare: 60)
    let update = ContactUpdated(
        contact: contact.id, adopts: true, changes: [ContactChange(.email, old: .text("a@b.cd"), new: .text("b@b.cd"))])
    return [
        .helpDeskChanged(.init(helpDesk: desk, relinks: true)),
        .helpDeskChanged(.init(helpDesk: .embedded, relinks: false)),
        .requestsReserved(.init(gets: 20, posts: 1)), .helpDeskThrottled(.init(until: 1_800_000_000_000)),
        .contactRead(.init(contact: contact)), .contactsRead(.init(contacts: 62)),
        .contactRemoved(.init(contact: contact.id)),
        .contactWriteRequested(
            .create(Contact(id: .unassigned, email: "ann@contoso.example", name: "Ann", phones: [.work: "1"]))),
        .contactWriteRequested(.update(update)), .contactWriteAbandoned(.init(reason: "the contact was not there")),
        .contactParkRequested(.init(contact: contact.id, email: "moving-7@contoso.example")),
        .fieldDefined(
            .init(name: "Site", type: .dropdown, isRequired: true, choices: ["Ulm"], id: 5, choiceIDs: [30])),
        .fieldDefined(.init(name: "Shade", type: .other("colour-picker"), id: 6)),
        .contactFailed(
            .init(contact: nil, email: "a@b.cd", reasons: [.refused(by: "HappyFox", words: "name: is required.")])),
        .syncFailed(
            .init(
                reason: "HappyFox: no", totals: SyncTotals(failed: 1),
                helpDesk: .init(reason: "no", isRefused: true, advice: ["a new key"]))),
    ]
}

private func mailEvents() -> [Event] {
    let server = MailServer(
        host: "mail.contoso.example", port: 587, security: .starttls, from: "desk@contoso.example", fromName: "Desk",
        user: "desk", hasOwnAuthority: true)
    return [
        .mailServerChanged(.init(server: server)), .mailServerChanged(.init(server: nil)),
        .mailTemplateChanged(.init(template: .init(subject: "S", text: "T", html: "<p>H</p>"))),
        .mailTemplateChanged(.init(template: nil)),
        .accountEmailRequested(.init(to: "ann@contoso.example", messageID: "<1@contoso.example>")),
        .accountEmailSent(.init()),
        .accountEmailFailed(.init(kind: .temporary, reason: "busy", code: 451)),
        .accountEmailFailed(.init(kind: .permanent, reason: "no such user", code: 550)),
        .accountEmailFailed(.init(kind: .unknown, reason: "interrupted")),
    ]
}

private func journalEvents() -> [Event] {
    let head = CheckpointSigned.Head(size: 41, root: String(repeating: "0f", count: 32))
    return [
        .checkpointSigned(.init(head: head, key: "530d903a")),
        .checkpointSigned(.init(head: head, key: "530d903a", abandoned: .init(size: 50, root: head.root))),
        .personErased(.init(contacts: [ContactID(rawValue: 7)], events: 3, digest: head.root)),
        .personErased(.init(contacts: [], events: 1, digest: head.root)),
    ]
}

private func guardEvents(_ tenant: TenantID) -> [Event] {
    var causes = TenantHeld.Causes()
    (causes.settings, causes.selection, causes.entra) = (61, 2, 1)
    let edit = TenantHeld.Edit(position: 9, kind: .mapping, actor: "agent:1")
    return [
        .guardChanged(.init(tenant: tenant, limits: .init(updates: 20, creates: 50))),
        .guardChanged(.init(tenant: tenant, limits: .init())),
        .tenantHeld(
            .init(
                tenant: tenant, creates: 2, updates: 62, contacts: 300, limits: .init(updates: 20), causes: causes,
                edits: [edit])),
        .tenantHeld(
            .init(
                tenant: tenant, creates: 70, updates: 0, contacts: 60, limits: .init(creates: 50), causes: causes,
                edits: [], isEstimate: true)),
        .recordsUnconcerned(.init(tenant: tenant, users: ["ann", "bob"])),
        .syncApproved(.init(tenant: tenant, held: 7)), .syncApproved(.init(tenant: tenant, held: 7, users: ["ann"])),
        .syncStarted(.init(trigger: .approved, engine: 2, tenants: [tenant], staged: true)),
        .syncFailed(.init(reason: "held", totals: SyncTotals(failed: 3, held: 2))),
    ]
}

private func noticeEvents(_ tenant: TenantID) -> [Event] {
    var facts = NoticeFacts(domain: "contoso.example")
    (facts.reason, facts.aadsts, facts.advice) = ("secret expired", 7_000_222, ["re-authorize"])
    facts.records = .init(new: 2, failing: 5, reasons: ["phoneEmpty": 2])
    (facts.expiresAt, facts.signIn) = (1_800_000_000_000, .certificate)
    let webhook = NoticeWebhook(url: "https://hooks.contoso.example/a?b=c", hasOwnAuthority: true)
    return [
        .noticeRecipientsChanged(
            .init(recipients: .init(admins: true, addresses: [.init(number: 1, email: "ops@contoso.example")]))),
        .noticeWebhookChanged(.init(webhook: webhook)), .noticeWebhookChanged(.init(webhook: nil)),
        .noticeRaised(.init(notice: 1, cause: NoticeCause(.helpDeskDown), facts: NoticeFacts())),
        .noticeCleared(.init(notice: 1, ending: .recovered)),
        .noticeDelivered(.init(notice: 1, part: .raised, target: NoticeTarget.agent(1).text)),
        .noticeUndelivered(.init(notice: 1, part: .cleared, target: "webhook", reason: "500", isFinal: true)),
    ]
        + NoticeCause.Kind.allCases.map {
            .noticeRaised(
                .init(notice: 3, cause: NoticeCause($0, tenant, detail: "12"), facts: facts, replaces: [1]))
        }
}
