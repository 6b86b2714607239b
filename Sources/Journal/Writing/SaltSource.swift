import Glibc

/// Random salts, drawn in bulk from the kernel (getentropy(3)): a system call for sixteen events.
struct SaltSource {
    static let saltSize = 16
    private static let bulk = 256
    private var pool = Array(repeating: UInt8(0), count: bulk)
    private var used = bulk

    mutating func next() throws -> [UInt8] {
        if used == SaltSource.bulk {
            guard getentropy(&pool, SaltSource.bulk) == 0 else {
                throw JournalError.system(operation: "draw random bytes for", path: "a salt", code: errno)
            }
            used = 0
        }
        defer { used += SaltSource.saltSize }
        return Array(pool[used..<used + SaltSource.saltSize])
    }
}
