/// How a later answer about a user meets an earlier one.
///
/// A later delta round carries at least what changed and may leave out the rest (Graph's delta overview), writes null
/// for what was cleared, and leaves out what was never set. So: absent keeps, null clears, and absent equals null
/// where two whole objects are compared.
extension UserObject {
    /// This object with the members of a later, possibly partial one laid over it.
    package func overlaid(by changes: UserObject) -> UserObject {
        if changes.covers(self) { return changes }
        var merged: [UInt8] = [UInt8(ascii: "{")]
        merged.reserveCapacity(bytes.count + changes.bytes.count)
        for member in members where changes.value(of: key(member)) == nil {
            append(member, of: self, to: &merged)
        }
        for member in changes.members { append(member, of: changes, to: &merged) }
        merged.append(UInt8(ascii: "}"))
        return (try? UserObject(merged)) ?? changes
    }

    /// Whether this object says something about everything that the other one holds.
    package func covers(_ other: UserObject) -> Bool {
        other.members.allSatisfy { member in
            other.isAbsent(member) || value(of: other.key(member)) != nil
        }
    }

    /// Whether both say the same about the user, in whatever order and spelling.
    package func saysTheSame(as other: UserObject) -> Bool {
        if bytes == other.bytes { return true }
        return holdsAll(of: other) && other.holdsAll(of: self)
    }

    private func holdsAll(of other: UserObject) -> Bool {
        other.members.allSatisfy { member in
            if other.isAbsent(member) { return true }
            guard let range = value(of: other.key(member)) else { return false }
            if bytes[range] == other.bytes[member.value] { return true }
            return JSONValue(scanned: bytes.span, range) == JSONValue(scanned: other.bytes.span, member.value)
        }
    }

    /// Null, or an annotation of the protocol and no property of the user.
    private func isAbsent(_ member: Member) -> Bool {
        bytes[member.value.lowerBound] == UInt8(ascii: "n") || bytes[member.key].starts(with: "@odata.".utf8)
    }

    private func append(_ member: Member, of object: UserObject, to merged: inout [UInt8]) {
        if merged.count > 1 { merged.append(UInt8(ascii: ",")) }
        merged.append(UInt8(ascii: "\""))
        merged.append(contentsOf: object.bytes[member.key])
        merged.append(contentsOf: "\":".utf8)
        merged.append(contentsOf: object.bytes[member.value])
    }
}
