/// The object id of a user: looks random, yet the user's number can be computed back from it, so that a million users
/// need no index.
///
/// The first twelve digits are the number, scrambled by a bijection on 48 bits; the others are a digest which tells our ids
/// from anybody else's.
struct ObjectID: Sendable {
    private let key: UInt64
    private let dice: Dice

    private static let mask: UInt64 = (1 << 48) - 1
    private static let factor: UInt64 = 0x9e37_79b9_7f4b
    private static let inverse = inverse(of: factor)

    init(seed: UInt64) {
        dice = Dice(seed: seed)
        key = Dice.mix(seed ^ 0x6f62_6a65_6374) & Self.mask
    }

    func text(of index: Int) -> String {
        let head = scramble(UInt64(index))
        let middle = dice.roll(.identifier, index)
        let end = Dice.mix(middle)
        return String(unsafeUninitializedCapacity: 36) { text in
            Self.write(head >> 16, digits: 8, to: text, at: 0)
            Self.write(head, digits: 4, to: text, at: 9)
            Self.write(0x4000 | middle & 0xfff, digits: 4, to: text, at: 14)
            Self.write(0x8000 | middle >> 12 & 0x3fff, digits: 4, to: text, at: 19)
            Self.write(end, digits: 12, to: text, at: 24)
            for dash in [8, 13, 18, 23] { text[dash] = UInt8(ascii: "-") }
            return 36
        }
    }

    /// The lowest digits of a number.
    private static func write(_ value: UInt64, digits: Int, to text: UnsafeMutableBufferPointer<UInt8>, at start: Int) {
        for place in 0..<digits {
            text[start + place] = Hex.lower(UInt8(truncatingIfNeeded: value >> (4 * UInt64(digits - 1 - place))) & 15)
        }
    }

    /// Nil for an id that this directory never gave out.
    func index(of text: String) -> Int? {
        let text = text.lowercased()
        guard text.utf8.count == 36 else { return nil }
        let digits = text.utf8.filter { $0 != UInt8(ascii: "-") }.prefix(12).compactMap(Hex.value)
        guard digits.count == 12 else { return nil }
        let index = Int(unscramble(digits.reduce(0) { $0 << 4 | UInt64($1) }))
        return self.text(of: index) == text ? index : nil
    }

    private func scramble(_ value: UInt64) -> UInt64 {
        var x = value ^ key
        for _ in 0..<3 {
            x = x &* Self.factor & Self.mask
            x ^= x >> 24
        }
        return x
    }

    private func unscramble(_ value: UInt64) -> UInt64 {
        var x = value
        for _ in 0..<3 {
            // The shift is half the width, so one step undoes it.
            x ^= x >> 24
            x = x &* Self.inverse & Self.mask
        }
        return x ^ key
    }

    /// Newton's iteration: every step doubles the number of correct low bits.
    private static func inverse(of odd: UInt64) -> UInt64 {
        var result = odd
        for _ in 0..<6 { result = result &* (2 &- odd &* result) }
        return result & mask
    }
}
