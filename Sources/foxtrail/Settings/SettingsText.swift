import ContactSync

/// How a setting's value is written, in the file and on the command line alike.
enum SettingsText {
    static let propertyHints = ["foxtrail settings attributes lists the properties"]

    static func bool(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "on": true
        case "false", "no", "off": false
        default: nil
        }
    }

    /// A whole number of days, as far as it is allowed.
    static func days(_ text: String) -> Int? {
        Int(text).flatMap { TenantSettings.fullReadDaysAllowed.contains($0) ? $0 : nil }
    }

    static let noDays = "fullReadDays must be a number of days from 1 to 30"
    static let noGroups = "no group is named"
    static let groupHints = [
        "foxtrail settings groups lists the groups", "`all` selects everybody: foxtrail settings set users all",
    ]

    static func noProperty(_ place: String, _ text: String) -> String { "\(place): \"\(text)\" is not a property" }
}
