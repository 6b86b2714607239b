import ContactSync
import Projections

extension AccountMail {
    /// What has become of it, in one line.
    func words(in zone: String) -> String {
        let cause = [code.map(String.init), reason].compactMap { $0 }.joined(separator: " ")
        let text =
            switch state {
            case .due: "waits for a sync to send it"
            case .requested: "under way, or interrupted there: perhaps sent"
            case .sent: "sent to \(email)"
            case .temporary: "refused for now, and tried again at the next sync"
            case .permanent: "refused for ever"
            case .unknown: "perhaps sent to \(email), and not sent again"
            }
        return "\(text) (\(Output.time(at, zone: zone)))" + (cause.isEmpty ? "" : ": \(cause)")
    }

    var json: [(key: String, value: JSONValue)] {
        [
            ("email", .string(email)), ("name", .string(name)), ("state", .string(state.rawValue)),
            ("at", Output.json(time: at)), ("sync", JSONValue(sync)), ("code", JSONValue(code.map(Int64.init))),
            ("reason", JSONValue(reason)), ("tenant", .string(key.tenant.rawValue)),
            ("objectID", .string(key.objectID)),
        ]
    }
}
