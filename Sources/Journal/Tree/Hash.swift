import Crypto

/// A SHA-256 digest in the tree: four words side by side, so that a tree of them needs no memory of its own for each.
package struct Hash: Hashable, Sendable, BitwiseCopyable, CustomStringConvertible {
    private let first, second, third, fourth: UInt64
    package static let size = 32

    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Hash.size else { return nil }
        self = Array(bytes).withUnsafeBytes { $0.loadUnaligned(as: Hash.self) }
    }

    init(_ digest: SHA256Digest) { self = digest.withUnsafeBytes { $0.loadUnaligned(as: Hash.self) } }

    /// SHA-256 of the bytes.
    package init(of bytes: [UInt8]) { self = bytes.withUnsafeBytes { Hash(of: $0) } }

    /// SHA-256 of the bytes.
    init(of bytes: UnsafeRawBufferPointer) {
        var hash = SHA256()
        hash.update(bufferPointer: bytes)
        self.init(hash.finalize())
    }

    /// `SHA-256(0x00 || entry)`, RFC 6962 section 2.1.
    init(leaf entry: [UInt8]) { self.init(SHA256.hash(data: [0] + entry)) }

    /// `SHA-256(0x01 || left || right)`, RFC 6962 section 2.1.
    init(left: Hash, right: Hash) {
        self = withUnsafeTemporaryAllocation(byteCount: 1 + 2 * Hash.size, alignment: 1) { node in
            node[0] = 1
            node.storeBytes(of: left, toByteOffset: 1, as: Hash.self)
            node.storeBytes(of: right, toByteOffset: 1 + Hash.size, as: Hash.self)
            return Hash(of: UnsafeRawBufferPointer(node))
        }
    }

    /// The root of the empty tree: the hash of nothing.
    package static let empty = Hash(SHA256.hash(data: [UInt8]()))

    package var bytes: [UInt8] { withBytes { Array($0) } }

    func withBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        try withUnsafeBytes(of: self, body)
    }

    package var description: String { withHex { String(decoding: $0, as: UTF8.self) } }

    /// The 64 lower-case hex digits.
    func withHex<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        try withUnsafeTemporaryAllocation(byteCount: 2 * Hash.size, alignment: 1) { digits in
            withBytes { bytes in
                for (index, byte) in bytes.enumerated() {
                    digits[2 * index] = Hash.digit(byte >> 4)
                    digits[2 * index + 1] = Hash.digit(byte & 15)
                }
            }
            return try body(UnsafeRawBufferPointer(digits))
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }
}
