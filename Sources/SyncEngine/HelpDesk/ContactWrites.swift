import ContactSync
import HappyFox
import Journal
import Projections

/// A write that the journal holds and that is yet to be sent.
struct ContactWrite {
    let user: Int64
    let write: ContactWriteRequested
    /// What the help desk holds of the contact that is updated.
    let held: HappyFoxContact?

    /// A new address goes to the contact by its number, everything else in bulk by its address.
    var newAddress: String? {
        if case .update = write { write.claim } else { nil }
    }

    /// Whether there is more to say than a new address and name.
    var hasContent: Bool {
        guard case .update(let update) = write else { return true }
        return update.changes.contains { change in
            switch change.field {
            case .email: false
            case .name: newAddress == nil
            case .phone, .custom: true
            }
        }
    }

    func payload(_ fields: [FieldDefinition]) -> ContactPayload? {
        switch write {
        case .create(let contact): return .create(contact, fields)
        case .update(let update):
            return held.map { .update($0, update.changes, email: newAddress ?? $0.email, fields) }
        }
    }
}

/// Sends writes, and records what became of each.
struct ContactWrites {
    let view: HelpDeskView
    let pace: HelpDeskPace
    let transact: (_ body: (Store.Transaction) throws -> Void) throws -> Void

    /// Returns why the answer to some is missing; nil where there is one to all.
    func send(_ writes: [ContactWrite], singly: Bool) async throws -> String? {
        guard !writes.isEmpty else { return nil }
        var answers: [WriteAnswer?] = writes.map { _ in nil }
        var renames: [WriteAnswer] = []
        for (index, write) in writes.enumerated() {
            guard let address = write.newAddress, let held = write.held, case .update(let update) = write.write else {
                continue
            }
            if let lost = renames.allLost {
                answers[index] = lost
                continue
            }
            var answer = try await park(address, for: write)
            if answer == nil {
                let payload = ContactPayload.rename(held, update.changes, email: address, view.fields)
                answer = try await view.client.edit(held.id, payload, view.fields)
            }
            guard let answer else { continue }
            renames.append(answer)
            if answer != .done(held.id) || !write.hasContent { answers[index] = answer }
        }
        let rest = writes.indices.filter { answers[$0] == nil }
        for (index, answer) in zip(rest, try await bulk(rest.map { writes[$0] }, singly: singly)) {
            answers[index] = answer
        }
        // What was sent is no longer as it was seen.
        for write in writes { for target in HelpDeskStage.targets(of: write.write) { view.forget(target) } }
        return try record(zip(writes, answers.map { $0 ?? .lost("not sent") }))
    }

    /// The address may be that of a contact whose user moves in turn (`AddressRing`): until then the contact has one that
    /// nobody wants. Returns how that failed; nil where the address is free.
    private func park(_ address: String, for write: ContactWrite) async throws -> WriteAnswer? {
        var former: ContactID?
        try transact { former = try $0.projector.contacts.row(email: address)?.contact.id }
        guard let former, former != write.held?.id, let held = view.contact(former) else { return nil }
        let parked = "moving-\(former)@\(address.split(separator: "@").last ?? "")"
        try transact { try $0.append(.contactParkRequested(.init(contact: former, email: parked)), .contact(former)) }
        view.forget(.contact(former))
        let answer = try await view.client.edit(
            former, ContactPayload.rename(held, [], email: parked, view.fields), view.fields)
        return answer == .done(former) ? nil : answer
    }

    private func bulk(_ writes: [ContactWrite], singly: Bool) async throws -> [WriteAnswer] {
        let payloads = writes.compactMap { $0.payload(view.fields) }
        guard payloads.count == writes.count else { return writes.map { _ in .lost("the contact was not looked at") } }
        if payloads.isEmpty { return [] }
        guard singly else { return try await view.client.write(payloads, view.fields) }
        // What was lost in a crowd may be told apart alone.
        return try await view.client.writeSingly(payloads, view.fields)
    }

    private func record(_ answers: some Sequence<(ContactWrite, WriteAnswer)>) throws -> String? {
        var done = 0
        var missing: String?
        try transact { transaction in
            for (write, answer) in answers {
                guard let row = try transaction.projector.users.row(id: write.user) else { continue }
                switch try outcome(write, answer, row, transaction.projector) {
                case .known(let event):
                    try transaction.append(event, of: row)
                    done += 1
                case .missing(let why): missing = why
                }
            }
        }
        pace.wrote(done)
        return missing
    }

    private enum Outcome {
        case known(Event)
        /// Nobody knows, and why.
        case missing(String)
    }

    private func outcome(
        _ write: ContactWrite, _ answer: WriteAnswer, _ row: UsersTable.Row, _ projector: Projector
    ) throws -> Outcome {
        switch (write.write, answer) {
        case (_, .lost(let why)): return .missing(why)
        case (.create(let contact), .done(let id)):
            // A number that is another contact's tells nothing of this one.
            if let known = try projector.contacts.row(id)?.contact, !EmailAddress.areSame(known.email, contact.email) {
                return .missing("happyfox answered with the number of another contact")
            }
            return .known(.contactCreated(.init(contact: contact.numbered(id))))
        case (.update(let update), .done(let id)):
            guard id == update.contact else { return .missing("happyfox answered with the number of another contact") }
            return .known(.contactUpdated(update))
        case (.create(let contact), .refused(let words)): return .known(failed(nil, contact.email, words))
        case (.update(let update), .refused(let words)):
            return .known(failed(update.contact, write.newAddress ?? write.held?.email ?? "", words))
        }
    }

    private func failed(_ contact: ContactID?, _ email: String, _ words: String) -> Event {
        .contactFailed(.init(contact: contact, email: email, reasons: [.refused(by: "HappyFox", words: words)]))
    }
}
