internal import FoundationEssentials

/// What a `$skiptoken` or `$deltatoken` of a delta round means. All of it stands in the token, so the server keeps no
/// rounds; a digest tells our tokens from others.
struct DeltaToken: Sendable, Equatable {
    /// Where a round stands.
    enum Place: Sendable, Equatable {
        /// In the first round, at a user.
        case initial(next: Int)
        /// In a later round, after a version.
        case changes(after: Int)
        /// Between rounds.
        case done
    }

    let place: Place
    /// What the client has seen up to; for a first round, unused.
    var since: Int
    /// The version at which the round began; the next one goes on from there.
    var until: Int
    let selection: Selection
    let issued: Int

    /// Directory objects' tokens live seven days.
    static let lifetime = 7 * 86_400

    func text(in directory: Directory, serial: Int) -> String {
        let (phase, position) =
            switch place {
            case .initial(let next): (0, next)
            case .changes(let after): (1, after)
            case .done: (2, 0)
            }
        let head = [phase, position, since, until, issued, serial, selection.isExplicit ? 1 : 0].map(String.init)
        let body = (head + selection.properties.map { String($0.rawValue) }).joined(separator: ".")
        return Base64URL.encode((body + "." + Self.digest(body, directory.tokenKey(atVersion: until))).utf8)
    }

    init(place: Place, since: Int, until: Int, selection: Selection, issued: Int) {
        self.place = place
        self.since = since
        self.until = until
        self.selection = selection
        self.issued = issued
    }

    /// Nil for a token which this tenant never gave out.
    init?(_ text: String, in directory: Directory) {
        guard let plain = Base64URL.decode(text).map({ String(decoding: $0, as: UTF8.self) }),
            let dot = plain.lastIndex(of: ".")
        else { return nil }
        let body = String(plain[..<dot])
        let fields = body.split(separator: ".").compactMap { Int($0) }
        guard fields.count > 7 else { return nil }
        let key = directory.tokenKey(atVersion: fields[3])
        guard Self.digest(body, key) == plain[plain.index(after: dot)...] else { return nil }
        switch fields[0] {
        case 0: place = .initial(next: fields[1])
        case 1: place = .changes(after: fields[1])
        default: place = .done
        }
        (since, until, issued) = (fields[2], fields[3], fields[4])
        let properties = fields.dropFirst(7).compactMap { Property(rawValue: UInt8(truncatingIfNeeded: $0)) }
        selection = Selection(properties, isExplicit: fields[6] == 1)
    }

    private static func digest(_ text: String, _ key: UInt64) -> String {
        String(text.utf8.reduce(key) { Dice.mix($0 ^ UInt64($1)) }, radix: 36)
    }
}
