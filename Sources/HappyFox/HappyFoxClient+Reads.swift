package import ContactSync
internal import HTTP

/// One page of the list of contacts.
package struct ContactsPage: Sendable {
    package let contacts: [HappyFoxContact]
    /// How many contacts the account has; nil where HappyFox did not say.
    package let total: Int?
}

extension HappyFoxClient {
    /// The largest page that HappyFox gives (KB 1092).
    package static let pageSize = 50

    /// The cheapest request that needs a good key: no endpoint tells whose key it is.
    ///
    /// - Returns: How many agents the account has.
    package func probe() async throws -> Int {
        try await list("staff/").count
    }

    /// The custom fields of contacts, in HappyFox's order.
    package func fields() async throws -> [FieldDefinition] {
        HappyFoxFields.definitions(try await list("user_custom_fields/"))
    }

    /// A page of all contacts, counted from 1.
    package func contacts(page: Int) async throws -> ContactsPage {
        let json = try await get("users/?size=\(HappyFoxClient.pageSize)&page=\(page)")
        guard let json, let rows = json["data"]?.array else {
            // Behind the last page some servers answer 404, and others an empty one.
            if page > 1, json == nil { return ContactsPage(contacts: [], total: nil) }
            throw HappyFoxError.noList(json, root)
        }
        let contacts = try rows.map { row in
            guard let contact = HappyFoxContact(row) else {
                throw HappyFoxError(.unavailable, "happyfox sent an entry that is no contact")
            }
            return contact
        }
        return ContactsPage(contacts: contacts, total: json["page_info"]?["last_index"]?.integer.map { Int($0) })
    }

    /// A contact by its number; nil where there is none.
    package func contact(_ id: ContactID) async throws -> HappyFoxContact? {
        let json = try await get("user/\(id)/")
        guard let contact = json.flatMap(HappyFoxContact.init) else { return try nothing(json) }
        return contact.id == id ? contact : nil
    }

    /// The contact with an address, whatever its case; nil where there is none.
    ///
    /// What HappyFox answers for an unknown address is not documented: anything but 404 is asked again as a search.
    package func contact(email: String) async throws -> HappyFoxContact? {
        let json = try await get("user/\(PercentEncoding.encode(email).replacing("%40", with: "@"))/")
        if let contact = json.flatMap(HappyFoxContact.init), contact.has(email) { return contact }
        return json == nil ? nil : try await search(email)
    }

    private func list(_ path: String) async throws -> [JSONValue] {
        let json = try await get(path)
        guard let list = json?.array else { throw HappyFoxError.noList(json, root) }
        return list
    }

    private func search(_ email: String) async throws -> HappyFoxContact? {
        let query = PercentEncoding.encode("email:\(email)")
        let json = try await get("users/?q=\(query)&size=\(HappyFoxClient.pageSize)")
        guard let json else { return nil }
        // Only a list tells that the contact is not in it: writing over one that was not seen would reset its fields.
        guard let rows = json["data"]?.array else {
            throw HappyFoxError(.unavailable, "happyfox answered the search for a contact with no list")
        }
        return rows.compactMap { HappyFoxContact($0) }.first { $0.has(email) }
    }

    /// An answer without a contact: that there is none, where it says so in the shape of an error.
    private func nothing(_ json: JSONValue?) throws -> HappyFoxContact? {
        guard let json, ErrorWords(json) == nil else { return nil }
        throw HappyFoxError(.unavailable, "happyfox sent something that is no contact")
    }
}

extension HappyFoxError {
    /// In HappyFox's own words, where it has some.
    static func noList(_ json: JSONValue?, _ root: HappyFoxRoot) -> HappyFoxError {
        guard let words = json.flatMap({ ErrorWords($0) }) else { return notAnAccount(root) }
        return HappyFoxError(
            .unavailable, "happyfox refuses to be read: \(words.text)",
            hints: ["the key may lack a permission, or the API be switched off: Apps > Goodies > API in HappyFox"])
    }

    static func notAnAccount(_ root: HappyFoxRoot) -> HappyFoxError {
        HappyFoxError(
            .unexpected, "\(root.url) does not answer as a HappyFox account does",
            hints: ["the URL is the account's own, such as https://acme.happyfox.com"])
    }
}
