import ContactSync
import Yams

/// How a guard is written: `off`, or a share in percent for updates, for creates, or for both.
enum SettingsGuard {
    static let hints = ["such as guard: {updates: 20%, creates: 50%}, or guard: off"]
    static let keys = ["updates", "creates"]

    static func noShare(_ place: String) -> String { "\(place) must be a share from 1% to 100%, or off" }

    /// Nil for what is no share; a share of nil is off.
    static func share(_ text: String) -> Int?? {
        if SettingsText.bool(text) == false { return .some(nil) }
        guard let percent = Int(text.hasSuffix("%") ? String(text.dropLast()).trimmingSuffix(" ") : text),
            GuardLimits.allowed.contains(percent)
        else { return nil }
        return percent
    }

    /// What `settings set` makes of the limits; nil where the key is none of the guard's.
    static func set(_ key: String, _ value: String, in limits: GuardLimits) throws -> GuardLimits? {
        var limits = limits
        switch key {
        case "guard":
            guard SettingsText.bool(value) == false else {
                throw Failure(
                    .badInput, "guard can only be set to `off`",
                    ["foxtrail settings set guard.updates 20% sets a limit, and guard.creates another"])
            }
            return GuardLimits()
        case "guard.updates": limits.updates = try parsed(key, value)
        case "guard.creates": limits.creates = try parsed(key, value)
        default: return nil
        }
        return limits
    }

    private static func parsed(_ key: String, _ value: String) throws -> Int? {
        guard let share = share(value) else { throw Failure(.badInput, noShare(key), hints) }
        return share
    }
}

extension GuardLimits {
    /// As `settings apply` takes it.
    var json: JSONValue {
        if isOff { return .string("off") }
        let shares = [("updates", updates), ("creates", creates)]
        return .object(shares.compactMap { name, share in share.map { (name, .string("\($0)%")) } })
    }

    /// Without the quotes that JSON would have around a share: it is text in YAML too. But off is a switch to YAML 1.1.
    var yaml: String {
        guard case .object(let shares) = json else { return "guard: \(json.yaml)" }
        let members = shares.map { name, _ in "\(name): \(GuardLimits.words(name == "updates" ? updates : creates))" }
        return "guard: {\(members.joined(separator: ", "))}"
    }

    static func words(_ share: Int?) -> String { share.map { "\($0)%" } ?? "off" }
}
