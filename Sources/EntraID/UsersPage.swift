/// One page of users, as Graph sent it.
package struct UsersPage: Sendable {
    /// How a page says what comes after it.
    package enum End: Sendable, Hashable {
        /// More pages follow at this link, even where this one is empty.
        case next(String)
        /// The delta round is complete; the next one begins at this link.
        case delta(String)
        /// The listing is complete. Never the end of a delta round.
        case last
    }

    /// The whole body: valid UTF-8 and one valid JSON document.
    package let body: [UInt8]
    /// Where each user's object stands in `body`, in the order in which Graph sent them.
    package let objects: [Range<Int>]
    /// How many entries are no objects, and so nobody.
    package let strays: Int
    /// What comes after this page.
    package let end: End
    /// How many users the whole listing has, where the first page of a group's members says it. Membership may change
    /// while it is read, so a difference is no error.
    package let count: Int?
    /// Graph's name for the request, for its support.
    package let requestID: String?
}
