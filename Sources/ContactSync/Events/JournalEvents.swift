/// The tree head of the events before this one was signed; the checkpoint itself is no secret and no event.
package struct CheckpointSigned: Codable, Equatable, Sendable {
    /// A tree head: how many events, and the root over them in 64 hex digits.
    package struct Head: Codable, Equatable, Sendable {
        package let size: Int64
        package let root: String
        package init(size: Int64, root: String) {
            self.size = size
            self.root = root
        }
    }

    package let head: Head
    /// The eight hex digits that name the key beside the origin.
    package let key: String
    /// What an earlier checkpoint had signed and this journal does not hold: somebody went on from an older copy.
    package let abandoned: Head?

    package init(head: Head, key: String, abandoned: Head? = nil) {
        self.head = head
        self.key = key
        self.abandoned = abandoned
    }
}
