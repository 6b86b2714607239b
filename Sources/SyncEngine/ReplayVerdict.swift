/// What replaying one sync came to.
package struct ReplayVerdict: Sendable {
    package let sync: Int64
    package let engine: Int
    package var same = 0
    package var different = 0
    package var erased = 0
    /// The first records that were decided otherwise: whom, what is recorded, what is decided now.
    package var differences: [(subject: String, recorded: String, decided: String)] = []

    init(sync: Int64, engine: Int) {
        self.sync = sync
        self.engine = engine
    }

    mutating func compare(_ subject: String, recorded: [UInt8]?, decided: [UInt8]?) {
        if recorded == decided {
            same += 1
            return
        }
        different += 1
        guard differences.count < 10 else { return }
        func text(_ bytes: [UInt8]?) -> String { bytes.map { String(decoding: $0, as: UTF8.self) } ?? "nothing" }
        differences.append((subject, text(recorded), text(decided)))
    }
}
