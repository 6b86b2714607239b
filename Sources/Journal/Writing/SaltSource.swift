import Glibc

/// Random salts, drawn in bulk from the kernel (getentropy(3)): a system call for sixteen events.
struct SaltSource {
    private static let bulk = 256
    private var pool: [UInt8] = []

    mutating func next() throws -> [UInt8] {
        if pool.isEmpty {
            pool = Array(repeating: 0, count: SaltSource.bulk)
            guard getentropy(&pool, SaltSource.bulk) == 0 else {
                throw JournalError.system(operation: "draw random bytes for", path: "a salt", code: errno)
            }
        }
        let start = pool.count - Leaf.saltSize
        let salt = Array(pool[start...])
        pool.removeLast(Leaf.saltSize)
        return salt
    }
}
