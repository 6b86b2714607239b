import Crypto

/// A SHA-256 digest in the tree.
package struct Hash: Equatable, Sendable, CustomStringConvertible {
    package let bytes: [UInt8]
    package static let size = 32

    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Hash.size else { return nil }
        self.bytes = Array(bytes)
    }

    init(_ digest: SHA256Digest) { bytes = Array(digest) }

    /// `SHA-256(0x01 || left || right)`, RFC 6962 section 2.1.
    init(left: Hash, right: Hash) {
        var input: [UInt8] = []
        input.reserveCapacity(1 + 2 * Hash.size)
        input.append(1)
        input += left.bytes
        input += right.bytes
        self.init(SHA256.hash(data: input))
    }

    /// The root of the empty tree: the hash of nothing.
    package static let empty = Hash(SHA256.hash(data: [UInt8]()))

    package var description: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
