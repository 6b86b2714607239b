import ContactSync
import HappyFox
import Projections

extension HelpDeskView {
    /// Reads every contact. Only a list that is proven whole tells who is not there: as many contacts as the help desk says
    /// it has, and none came or went meanwhile.
    func readAll(onTotal: (Int) -> Void = { _ in }) async throws {
        triedAt = now()
        held.removeAll(keepingCapacity: true)
        for attempt in 1...HelpDeskView.attempts {
            let began = now()
            if let seen = try await readList(attempt == 1 ? onTotal : { _ in }) {
                try await conclude(seen)
                listedAt = began
                stretch(since: began)
                return
            }
        }
    }

    /// Nil where the list was not whole.
    private func readList(_ onTotal: (Int) -> Void) async throws -> Set<ContactID>? {
        var seen: Set<ContactID> = []
        var total: Int?
        var isSteady = true
        var page = 1
        while true {
            let rows = try await budget.timed { try await client.contacts(page: page) }
            if page == 1 {
                total = rows.total
                onTotal(total ?? rows.contacts.count)
            }
            // Behind the last page nothing is said of the total.
            if !rows.contacts.isEmpty, rows.total != total { isSteady = false }
            try transact { for contact in rows.contacts { try take(contact, $0, isLooked: false) } }
            let before = seen.count
            seen.formUnion(rows.contacts.map(\.id))
            progress(.reading(contacts: seen.count, of: total))
            // A page that brings nobody new is the last one, or one of a list that goes in circles.
            if seen.count == before || seen.count >= total ?? .max { break }
            page += 1
        }
        return isSteady && seen.count == total ? seen : nil
    }

    /// Who is missing is asked for by number: a list may leave out what is there all the same, and to take that for gone
    /// would have it made anew, over what it holds.
    private func conclude(_ seen: Set<ContactID>) async throws {
        var missing: [ContactID] = []
        try transact { missing = try Contacts.ids($0.db).filter { !seen.contains($0) && !rehearsed.holds($0) } }
        for id in missing { try await look(at: .contact(id)) }
        try transact { _ = try $0.append(.contactsRead(.init(contacts: seen.count)), nil) }
    }
}
