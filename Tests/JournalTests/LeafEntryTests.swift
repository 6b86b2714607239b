import Crypto
import Testing

@testable import Journal

@Suite struct LeafEntryTests {
    /// The hash of an entry written down as migrations/README.md has it.
    static func reference(_ lines: [String], salt: [UInt8], data: String) -> Hash {
        let commitment = SHA256.hash(data: salt + Array(data.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        let entry = (lines + [commitment.joined()]).map { $0 + "\n" }.joined()
        return Hash(SHA256.hash(data: [0] + Array(entry.utf8)))
    }

    static func hash(_ entry: inout LeafEntry, _ event: NewEvent, _ occasion: Occasion, salt: [UInt8]) -> Hash {
        entry.begin(position: 1234, event, occasion)
        return salt.withUnsafeBytes { salt in event.data.withUnsafeBytes { entry.end(salt: salt, data: $0) } }
    }

    @Test func `an entry is hashed as the format says, whatever stood in it before`() {
        var entry = LeafEntry()
        let salt = [UInt8](1...16)
        let data = #"{"name":"Jürgen"}"#
        let full = NewEvent(
            type: "userFetched", version: 1, subject: "user:t/ü", previous: Position(rawValue: 1007),
            data: Array(data.utf8))
        let bare = NewEvent(type: "x", version: 2, subject: nil, previous: nil, data: [])
        for _ in 0..<2 {
            #expect(
                LeafEntryTests.hash(&entry, full, Occasion(actor: "agent:1", sync: 70, time: .max), salt: salt)
                    == LeafEntryTests.reference(
                        [
                            "foxtrail-event-v1", "1234", "9223372036854775807", "userFetched", "1", "agent:1", "70",
                            "user:t/ü", "1007",
                        ], salt: salt, data: data))
            #expect(
                LeafEntryTests.hash(&entry, bare, Occasion(actor: "foxtrail", time: .min), salt: salt)
                    == LeafEntryTests.reference(
                        ["foxtrail-event-v1", "1234", "-9223372036854775808", "x", "2", "foxtrail", "", "", ""],
                        salt: salt, data: ""))
        }
    }
}
