import ContactSync

/// What `settings set` can set.
enum SettingsKeys {
    private static let phones = PhoneType.allCases.map { "phones.\($0.rawValue)" }
    private static let single = [
        "contactSync", "users", "groups", "include.guests", "include.disabled", "fields.email", "fields.name",
        "overwriteCustomFields", "accountEmail", "fullReadDays", "guard", "guard.updates", "guard.creates",
    ]

    static func unknown(_ key: String) -> Failure {
        switch key {
        case "tenant": Failure(.badInput, "the tenant is not a setting", ["--tenant names whose setting is meant"])
        case "fields": several(key, "fields.email")
        case "include": several(key, "include.guests")
        case "phones": several(key, phones[0])
        case "customFields": several(key, "customFields.NAME")
        case "account": several(key, "account.timeZone")
        case "users.groups": Failure(.badInput, "unknown setting \(key)", ["did you mean groups?"])
        case _ where key.hasPrefix("phones."):
            Failure(.badInput, "unknown setting \(key)", ["there are \(phones.joined(separator: ", "))"])
        case _ where SettingsSections.keys.contains(key):
            Failure(.badInput, "\(key) is set by a file", ["foxtrail settings apply --help"])
        default: Failure(.badInput, "unknown setting \(key)", [hint(key)])
        }
    }

    private static func several(_ key: String, _ example: String) -> Failure {
        Failure(.badInput, "\(key) holds several settings", ["name one, such as \(example)"])
    }

    private static func hint(_ key: String) -> String {
        let all = single + phones + AccountSection.members.map { "account.\($0)" }
        return EditDistance.nearest(to: key, in: all).map { "did you mean \($0)?" }
            ?? "there are \(all.joined(separator: ", ")) and customFields.NAME"
    }
}
