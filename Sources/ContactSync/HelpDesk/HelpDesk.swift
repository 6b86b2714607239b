/// Where the contacts live.
package struct HelpDesk: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, Sendable {
        /// In the journal.
        case embedded
        case happyfox
    }

    package let kind: Kind
    /// The account's root, such as `https://acme.happyfox.com`; nil for the embedded one.
    package let url: String?
    /// How much of the account's request limits the sync may use, in percent; nil for the usual share.
    package let requestShare: Int?

    package init(kind: Kind, url: String? = nil, requestShare: Int? = nil) {
        self.kind = kind
        self.url = url
        self.requestShare = requestShare
    }

    package static let embedded = HelpDesk(kind: .embedded)

    /// Whether contacts are written elsewhere, by requests that can get lost.
    package var isRemote: Bool {
        switch kind {
        case .embedded: false
        case .happyfox: true
        }
    }
}
