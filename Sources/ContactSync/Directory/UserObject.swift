/// One Entra user as Graph sent it: the bytes, and where its members stand in them.
package struct UserObject: Sendable {
    struct Member: Sendable {
        var key: Range<Int>
        var value: Range<Int>
    }

    package let bytes: [UInt8]
    let members: [Member]

    /// Throws where the bytes are not one JSON object.
    package init(_ bytes: [UInt8]) throws(JSONError) {
        var members: [Member] = []
        members.reserveCapacity(16)
        var at = 0
        try JSONScan.object(bytes.span, &at) { key, value in
            members.append(Member(key: key, value: value))
        }
        JSONScan.skipWhitespace(bytes.span, &at)
        guard at == bytes.count else { throw JSONError(offset: at, expected: "the end") }
        self.init(bytes: bytes, members: members)
    }

    private init(bytes: [UInt8], members: [Member]) {
        self.bytes = bytes
        self.members = members
    }

    /// An object without members.
    static let nothing = UserObject(bytes: Array("{}".utf8), members: [])

    /// The object's immutable id; nil where there is none, or one that cannot be an id.
    package var id: String? {
        guard case .text(let id)? = scalar("id"), !id.isEmpty, id.utf8.count <= 128,
            id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") })
        else { return nil }
        return id
    }

    /// Why Graph says that the user is gone: `changed` (soft-deleted) or `deleted`; nil for a user who is there.
    package var removal: String? {
        guard let range = value(of: "@removed") else { return nil }
        return JSONValue(scanned: bytes.span, range)["reason"]?.string ?? "unknown"
    }

    /// Where the value of a member stands; the last one, where a key is repeated.
    func value(of name: String) -> Range<Int>? {
        var found: Range<Int>?
        for member in members where matches(member.key, name) { found = member.value }
        return found
    }

    func json(_ name: String) -> JSONValue? {
        value(of: name).map { JSONValue(scanned: bytes.span, $0) }
    }

    func scalar(_ name: String) -> PropertyValue? {
        value(of: name).map { PropertyValue(scanned: bytes.span, $0) }
    }

    /// Property names are plain ASCII; a key written with escapes is compared by its meaning.
    private func matches(_ key: Range<Int>, _ name: String) -> Bool {
        if key.count == name.utf8.count {
            var at = key.lowerBound
            for byte in name.utf8 {
                if bytes[at] != byte { return false }
                at += 1
            }
            return true
        }
        guard key.count > name.utf8.count, bytes[key].contains(UInt8(ascii: "\\")) else { return false }
        return JSONText.string(bytes.span, key) == name
    }

    func key(_ member: Member) -> String { JSONText.string(bytes.span, member.key) }
}
