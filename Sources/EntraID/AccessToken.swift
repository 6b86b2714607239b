internal import ContactSync

/// A token of Graph, which is opaque: only what came beside it may be believed.
package struct AccessToken: Sendable, Hashable {
    let value: String
    /// How long it is worth, counted from the answer that brought it.
    let lifetime: Duration

    /// - Returns: Nil for a body that is not a token answer, or a token that cannot stand in a header.
    init?(answer body: [UInt8]) {
        guard let json = try? JSONValue(parsing: body), let value = json["access_token"]?.string, !value.isEmpty,
            value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            // A number by the standard; some gateways quote it.
            let seconds = json["expires_in"]?.integer ?? json["expires_in"]?.string.flatMap(Int64.init),
            (1...31_536_000).contains(seconds)
        else { return nil }
        self.value = value
        lifetime = .seconds(seconds)
    }

    /// How long it is used: five minutes less than its lifetime, or a tenth less where it lives shortly.
    var usefulLife: Duration { lifetime - min(.seconds(300), lifetime / 10) }
}

/// No way of printing a token shows it.
extension AccessToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "access token for \(lifetime)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["token": description]) }
}
