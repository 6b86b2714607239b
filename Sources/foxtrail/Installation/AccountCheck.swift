import ContactSync
import Foundation
import Projections

/// What an account can be set to, whoever says it: `init`, a settings file or `settings set`.
enum AccountCheck {
    static func name(_ text: String) throws -> String {
        guard text.contains(where: { !$0.isWhitespace }), !text.contains(where: \.isNewline) else {
            throw Failure(.badInput, "the account's name must be one line with something on it")
        }
        return text
    }

    static func timeZone(_ text: String) throws -> String {
        guard isTimeZone(text) else {
            let near = EditDistance.nearest(to: text, in: TimeZone.knownTimeZoneIdentifiers)
            throw Failure(.badInput, "unknown time zone \(text)", near.map { ["did you mean \($0)?"] } ?? [])
        }
        return text
    }

    static func portalURL(_ text: String) throws -> String {
        guard let url = URL(string: text), url.scheme == "https" || url.scheme == "http", url.host() != nil else {
            throw Failure(
                .badInput, "the portal URL \(text) is not a web address", ["such as https://acme.happyfox.com"])
        }
        return text
    }

    static func plan(_ text: String) throws -> Plan {
        guard let plan = Plan(rawValue: text.lowercased().replacing(" ", with: "-")) else {
            throw Usage.unknown("plan", text, among: Plan.allCases.map(\.rawValue))
        }
        return plan
    }

    /// Any name that the schedule knows, old and new ones too; not what Foundation makes of `GMT+1`, nor the files that
    /// systems keep beside the zones: this machine's own, and those that count leap seconds.
    private static func isTimeZone(_ name: String) -> Bool {
        if name == "localtime" || name == "posixrules" || name.hasPrefix("right/") { return false }
        let isOffset =
            name.hasPrefix("GMT+") || name.hasPrefix("GMT-") || name.hasPrefix("UTC+") || name.hasPrefix("UTC-")
        return !isOffset && name.contains(where: \.isLetter) && ZoneRules(name) != nil
    }
}
