import Crypto

/// What an event is in the tree: RFC 6962's leaf hash of a text of ten lines, see `migrations/README.md`. One value
/// serves any number of events, one after the other, without new memory for each.
struct LeafEntry {
    /// The leaf's prefix, and the lines so far.
    private var bytes: [UInt8] = []

    /// Begins the entry of another event.
    mutating func begin() {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(0)
        line("foxtrail-event-v1")
    }

    mutating func line(_ text: String?) {
        if var text { text.withUTF8 { bytes.append(contentsOf: $0) } }
        bytes.append(newline)
    }

    mutating func line(_ text: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: text)
        bytes.append(newline)
    }

    mutating func line(_ number: Int64?) {
        guard let number else { return bytes.append(newline) }
        withUnsafeTemporaryAllocation(byteCount: 20, alignment: 1) { digits in
            var start = digits.count
            var rest = number.magnitude
            repeat {
                start -= 1
                digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            if number < 0 { bytes.append(UInt8(ascii: "-")) }
            line(UnsafeRawBufferPointer(rebasing: digits[start...]))
        }
    }

    /// Ends the entry with its commitment, `SHA-256(salt || data)`, which says nothing about the data once the salt is
    /// gone; and returns the leaf's hash, `SHA-256(0x00 || entry)`.
    mutating func end(salt: UnsafeRawBufferPointer, data: UnsafeRawBufferPointer) -> Hash {
        var commitment = SHA256()
        commitment.update(bufferPointer: salt)
        commitment.update(bufferPointer: data)
        return end(Hash(commitment.finalize()))
    }

    mutating func end(_ commitment: Hash) -> Hash {
        commitment.withHex { line($0) }
        return bytes.withUnsafeBytes { Hash(of: $0) }
    }
}

extension LeafEntry {
    /// Begins the entry of an event that is about to be recorded.
    mutating func begin(position: Int64, _ event: NewEvent, _ occasion: Occasion) {
        begin()
        line(position)
        line(occasion.time)
        line(event.type)
        line(Int64(event.version))
        line(occasion.actor)
        line(occasion.sync)
        line(event.subject)
        line(event.previous?.rawValue)
    }

    /// The leaf of a row of `JournalReader.columns`; nil where its data is gone and nothing says what it was.
    mutating func hash(row: RowStatement) -> Hash? {
        let isErased = row.isNull(8) || row.isNull(9)
        if isErased, row.isNull(10) { return nil }
        begin()
        for column in Int32(0)..<8 {
            switch column {
            case 2, 4, 6: line(row.borrowed(column))
            default: line(row.optionalInteger(column))
            }
        }
        if isErased { return Hash(row.borrowed(10)).map { end($0) } }
        return end(salt: row.borrowed(8), data: row.borrowed(9))
    }

    /// The entry of such a row, without the leaf's prefix; nil as there.
    mutating func text(row: RowStatement) -> [UInt8]? {
        hash(row: row).map { _ in Array(bytes.dropFirst()) }
    }
}

private let newline: UInt8 = 0x0A
