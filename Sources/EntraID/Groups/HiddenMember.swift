internal import ContactSync

/// A member of which Graph tells nothing but its id, because the app may read groups but not users
/// (learn.microsoft.com/graph/permissions-reference). It is no user whose properties are all empty.
enum HiddenMember {
    /// Whether everything besides the id and annotations is null or absent.
    static func isHidden(_ bytes: Span<UInt8>, _ object: Range<Int>) -> Bool {
        var at = object.lowerBound
        do {
            try JSONScan.object(bytes, &at) { (key, value) throws(JSONError) in
                let isNull = bytes[value.lowerBound] == UInt8(ascii: "n")
                let isAnnotation = !key.isEmpty && bytes[key.lowerBound] == UInt8(ascii: "@")
                // The scan ends here: something is told.
                if !isNull, !isAnnotation, JSONText.string(bytes, key) != "id" {
                    throw JSONError(offset: key.lowerBound, expected: "an id only")
                }
            }
            return true
        } catch {
            return false
        }
    }

    static func error(_ permissionKind: String, _ requestID: String?) -> EntraError {
        let permission = "\(permissionKind) permission User.Read.All"
        return EntraError(
            .permissionMissing, "graph names members of the group but hides them: the \(permission) is missing",
            hints: ["grant the \(permission) in the app registration and give admin consent"], requestID: requestID,
            status: 200)
    }
}
