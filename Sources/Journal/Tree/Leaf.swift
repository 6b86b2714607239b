import Crypto

/// What an event is in the tree: RFC 6962's leaf hash of a text of ten lines, see `migrations/README.md`.
package enum Leaf {
    package static let saltSize = 16

    /// `SHA-256(salt || data)`: says nothing about the data once the salt is gone.
    package static func commitment(salt: [UInt8], data: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        salt.withUnsafeBytes { hash.update(bufferPointer: $0) }
        data.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return Array(hash.finalize())
    }

    /// The bytes that the leaf hash is taken of.
    package static func entry(
        position: Int64, occasion: Occasion, event: NewEvent, commitment: [UInt8]
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(320)
        func line(_ text: some StringProtocol) {
            bytes.append(contentsOf: text.utf8)
            bytes.append(0x0A)
        }
        line("foxtrail-event-v1")
        line(String(position))
        line(String(occasion.time))
        line(event.type)
        line(String(event.version))
        line(occasion.actor)
        line(occasion.sync.map { String($0) } ?? "")
        line(event.subject ?? "")
        line(event.previous.map { String($0.rawValue) } ?? "")
        for byte in commitment {
            bytes.append(hexDigits[Int(byte >> 4)])
            bytes.append(hexDigits[Int(byte & 15)])
        }
        bytes.append(0x0A)
        return bytes
    }

    /// `SHA-256(0x00 || entry)`, RFC 6962 section 2.1.
    package static func hash(_ entry: [UInt8]) -> Hash {
        var hash = SHA256()
        hash.update(bufferPointer: leafPrefix)
        entry.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return Hash(hash.finalize())
    }

    private static var leafPrefix: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: UnsafeRawPointer(leafPrefixByte.utf8Start), count: 1)
    }
}

private let leafPrefixByte: StaticString = "\0"
private let hexDigits = Array("0123456789abcdef".utf8)
