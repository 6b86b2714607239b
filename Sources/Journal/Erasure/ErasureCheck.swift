import ContactSync

/// Holds what stayed of erased events against the erasures that say so, in one pass over a journal.
struct ErasureCheck {
    private struct Found {
        var events = 0
        var digest = ResidueDigest()
    }

    private(set) var count: Int64 = 0
    /// By the position of the erasure, until that one is met.
    private var open: [Int64: Found] = [:]

    /// Takes in the row of an erased event. Returns what is wrong with it.
    mutating func take(_ position: Int64, _ residue: Residue?) -> String? {
        count += 1
        guard let residue, residue.erasure.rawValue > position else {
            return "event \(position) lost its data without an erasure"
        }
        open[residue.erasure.rawValue, default: Found()].events += 1
        open[residue.erasure.rawValue, default: Found()].digest.add(position, residue.commitment, residue.data)
        return nil
    }

    /// Takes in the row of an event of the type `personErased`. Returns what is wrong with what it erased.
    mutating func meet(_ position: Int64, data: [UInt8]) -> String? {
        let found = open.removeValue(forKey: position) ?? Found()
        guard case .personErased(let erased)? = try? Event(.personErased, data: data) else {
            return "event \(position) holds no valid personErased"
        }
        let isSame = erased.events == found.events && erased.digest == found.digest.text
        return isSame ? nil : "what event \(position) erased is not what stayed of \(erased.events) events"
    }

    /// Returns what is wrong with erased events whose erasure never came.
    ///
    /// - Parameter residues: How many rows `erased` has.
    func end(residues: Int64) -> String? {
        if residues > count { return "an event is said to be erased that is not" }
        guard let erasure = open.keys.min() else { return nil }
        return "events lost their data by event \(erasure), which is no erasure"
    }
}
