package import ContactSync

/// What became of one contact that was sent.
package enum WriteAnswer: Equatable, Sendable {
    case done(ContactID)
    /// In HappyFox's own words.
    case refused(String)
    /// It may or may not have been written.
    case lost(String)
}

extension HappyFoxClient {
    /// The most contacts that one request may carry (KB 1092).
    package static let bulkSize = 100

    /// Adds or edits contacts, matched by their addresses, with one request. Answers in the order of the payloads.
    package func write(_ payloads: [ContactPayload], _ fields: [FieldDefinition]) async throws -> [WriteAnswer] {
        switch try await post("users/", .array(payloads.map(\.json))) {
        case .lost(let reason): return payloads.map { _ in .lost(reason) }
        case .answered(_, .array(let results)):
            return BulkResults(results, names: FieldNames(fields)).answers(for: payloads.map(\.email))
        case .answered(let status, let json):
            // The whole is refused, and not told for which contact: each is asked for alone.
            guard status >= 400 || ErrorWords(json) != nil else {
                return payloads.map { _ in .lost("happyfox did not answer with a list of results") }
            }
            return try await writeSingly(payloads, fields)
        }
    }

    /// Adds or edits contacts one by one. Where the answers to the first few all get lost the others are not sent.
    package func writeSingly(_ payloads: [ContactPayload], _ fields: [FieldDefinition]) async throws -> [WriteAnswer] {
        var answers: [WriteAnswer] = []
        for payload in payloads {
            if let lost = answers.allLost {
                answers.append(lost)
            } else {
                answers.append(try await write(payload, fields))
            }
        }
        return answers
    }

    /// Adds or edits one contact, matched by its address.
    package func write(_ payload: ContactPayload, _ fields: [FieldDefinition]) async throws -> WriteAnswer {
        answer(try await post("users/", payload.json), fields)
    }

    /// Edits a contact by its number: the only way to give it another address.
    package func edit(
        _ id: ContactID, _ payload: ContactPayload, _ fields: [FieldDefinition]
    ) async throws -> WriteAnswer {
        let answer = answer(try await post("user/\(id)/", payload.json), fields, address: payload.email)
        return answer == .done(id) || answer.isNotDone ? answer : .lost("happyfox answered with another contact")
    }

    /// - Parameter address: What the contact has to have: an edit that is answered with the old address was not made.
    private func answer(_ posted: Posted, _ fields: [FieldDefinition], address: String? = nil) -> WriteAnswer {
        switch posted {
        case .lost(let reason): return .lost(reason)
        case .answered(let status, let json):
            if let words = ErrorWords(json, names: FieldNames(fields).name) { return .refused(words.text) }
            if let contact = HappyFoxContact(json), status < 400 {
                guard address.map(contact.has) ?? true else { return .lost("happyfox answered with the old address") }
                return .done(contact.id)
            }
            return status >= 400
                ? .refused("refused with status \(status)") : .lost("happyfox answered without a contact")
        }
    }
}

extension [WriteAnswer] {
    /// So many answers that get lost, and not one that comes, tell that no other will.
    private static var few: Int { 3 }

    /// How all of them got lost; nil where one did not, or too few were asked for.
    package var allLost: WriteAnswer? {
        count >= Self.few && allSatisfy { if case .lost = $0 { true } else { false } } ? last : nil
    }
}

extension WriteAnswer {
    fileprivate var isNotDone: Bool {
        if case .done = self { false } else { true }
    }
}

/// Fields as people know them: HappyFox complains of `c-cf-13`.
struct FieldNames {
    private let names: [String: String]

    init(_ fields: [FieldDefinition]) {
        names = Dictionary(
            fields.compactMap { field in field.key.map { ($0, field.name) } }, uniquingKeysWith: { first, _ in first })
    }

    func name(_ key: String) -> String { names[key] ?? key }
}

/// The results of a bulk write. That they come in the order of what was sent is nowhere stated: an address tells more.
struct BulkResults {
    private struct Result {
        let email: String?
        let answer: WriteAnswer
    }

    private let results: [Result]

    init(_ json: [JSONValue], names: FieldNames) {
        results = json.map { item in
            Result(
                email: item["email"]?.string ?? item["data"]?["email"]?.string,
                answer: BulkResults.answer(item, names))
        }
    }

    private static func answer(_ item: JSONValue, _ names: FieldNames) -> WriteAnswer {
        let words = ErrorWords(item, names: names.name)
        if item["success"]?.bool == false || (words != nil && item["success"]?.bool != true) {
            return .refused(words?.text ?? "refused without a reason")
        }
        guard let id = item["id"]?.integer ?? item["data"]?["id"]?.integer else {
            return .lost("happyfox answered without the contact's number")
        }
        return .done(ContactID(rawValue: id))
    }

    func answers(for emails: [String]) -> [WriteAnswer] {
        var answers: [WriteAnswer?] = emails.map { email in
            results.first { $0.email.map { EmailAddress.areSame($0, email) } ?? false }?.answer
        }
        // One without an address can only be told by its place, and only where no other stands there.
        if results.count == emails.count {
            for (index, result) in results.enumerated() where result.email == nil && answers[index] == nil {
                answers[index] = result.answer
            }
        }
        return answers.map { $0 ?? .lost("happyfox did not say what became of the contact") }
    }
}
