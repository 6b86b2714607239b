/// The same numbers for the same seed, user and question, on every machine and in every order of asking.
struct Dice: Sendable {
    let seed: UInt64

    /// Each question about a user has its own sequence, so that a new question never changes old answers.
    enum Question: UInt64 {
        case name = 1
        case kind, account, mail, mobile, phone, job, department, company, employee, address, dates
        case extensions, oddity, identifier, synced
    }

    func roll(_ question: Question, _ index: Int) -> UInt64 {
        Self.mix(Self.mix(seed &+ question.rawValue &* 0x9e37_79b9_7f4a_7c15) ^ UInt64(truncatingIfNeeded: index))
    }

    /// The finalizer of SplitMix64.
    static func mix(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9e37_79b9_7f4a_7c15
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

extension UInt64 {
    /// One of `count` cases, taken from the bits above `shift`, so that one roll answers several questions.
    func pick(_ count: Int, shift: UInt64 = 0) -> Int {
        Int((self >> shift) & 0xffff) % count
    }

    /// True for about that many of a thousand.
    func happens(perThousand: Int, shift: UInt64 = 0) -> Bool {
        pick(1000, shift: shift) < perThousand
    }
}
