import Journal

/// Appends what append.c appends, byte for byte, with all that makes it a journal: hashes, tiles, heads and triggers.
struct Append {
    static let dataSize = 600
    static let types = ["userFetched", "contactCreated"]
    static let tenant: StaticString = "aaaabbbb-0000-4ccc-9ddd-111122223333"
    static let hex: StaticString = "0123456789abcdef"

    let events: Int64
    let batch: Int64

    /// The writer ends with this function: its closing moves the log into the file, so that what reads next reads one file.
    func run(home: String) throws {
        let writer = try JournalWriter(home: home, creating: true)
        var data = Append.template
        let seconds = try JournalBench.timed {
            for start in stride(from: 1, through: events, by: Int64.Stride(batch)) {
                try writer.transaction { appender in
                    for position in start...min(start + batch - 1, events) {
                        Append.number(&data, position)
                        let occasion = Occasion(actor: "sync", sync: 1, time: 1_760_000_000_000 + position)
                        _ = try appender.append(Append.event(position, data), occasion)
                    }
                }
            }
        }
        JournalBench.report(seconds, events)
    }

    /// Each user is fetched, then has a contact: two events of one subject.
    private static func event(_ position: Int64, _ data: [UInt8]) -> NewEvent {
        let user = (position + 1) / 2
        let subject = String(unsafeUninitializedCapacity: 80) { text in
            var length = 0
            func put(_ part: StaticString) {
                for index in 0..<part.utf8CodeUnitCount { text[length + index] = part.utf8Start[index] }
                length += part.utf8CodeUnitCount
            }
            func put(_ number: Int64, digits: Int) {
                for shift in (0..<Int64(digits)).reversed() {
                    text[length] = hex.utf8Start[Int(number >> (4 * shift) & 15)]
                    length += 1
                }
            }
            put(tenant)
            put("/")
            put(user, digits: 8)
            put("-0000-4000-8000-")
            put(user, digits: 12)
            return length
        }
        return NewEvent(
            type: types[Int((position + 1) % 2)], version: 1, subject: subject,
            previous: position % 2 == 0 ? Position(rawValue: position - 1) : nil, data: data)
    }

    private static let template: [UInt8] = {
        let head = Array("{\"n\":\(String(repeating: "0", count: 20)),".utf8)
        return head + Array(repeating: UInt8(ascii: "x"), count: dataSize - head.count)
    }()

    /// Writes the number in place: making 600 bytes anew each time would be measured as appending.
    private static func number(_ data: inout [UInt8], _ position: Int64) {
        var rest = position
        var index = 24
        while rest > 0 {
            data[index] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
            index -= 1
        }
    }
}
