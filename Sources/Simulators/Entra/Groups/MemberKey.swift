/// A member of a group as one number: users first, then the other kinds, each in a range of its own. A page link names the
/// number at which to go on, so that a membership which changes between two pages neither loses nor repeats anybody else.
struct MemberKey: Hashable, Comparable, Sendable {
    enum Kind: Int, Sendable {
        case user = 0
        /// A user who was deleted but is still restorable: the membership outlives the account.
        case former, group, device

        /// As `@odata.type` and a cast in the path spell it.
        var type: String {
            switch self {
            case .user, .former: "user"
            case .group: "group"
            case .device: "device"
            }
        }
    }

    let number: Int

    private static let width = 40

    init(_ kind: Kind, _ index: Int) {
        number = kind.rawValue << Self.width | index
    }

    init(number: Int) {
        self.number = number
    }

    var kind: Kind { Kind(rawValue: number >> Self.width) ?? .device }
    var index: Int { number & (1 << Self.width - 1) }

    static func < (left: MemberKey, right: MemberKey) -> Bool { left.number < right.number }
}
