internal import FoundationEssentials

/// The `claims` parameter of a request, as far as continuous access evaluation reads it (3.10).
struct ClaimsRequest: Sendable {
    /// The client understands challenges: capability `cp1`, in any case.
    var understandsChallenges = false
    /// The value that the last challenge wanted back.
    var notBefore: String?

    init(_ text: String?) {
        guard let text, let value = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)),
            let token = value["access_token"]
        else { return }
        if case .array(let values)? = token["xms_cc"]?["values"] {
            understandsChallenges = values.contains { $0.text?.lowercased() == "cp1" }
        }
        notBefore = token["nbf"]?["value"]?.text
    }

    /// What a challenge carries, before base64.
    static func challenge(_ value: String) -> String {
        #"{"access_token":{"nbf":{"essential":true,"value":"\#(value)"}}}"#
    }
}
