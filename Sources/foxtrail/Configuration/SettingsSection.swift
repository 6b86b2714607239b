import ContactSync
import Projections
import Yams

/// One part of the installation's settings: how it is read from a file, checked, compared, recorded and written.
protocol SettingsSection {
    /// Its name in the file.
    static var key: String { get }
    /// Lays what the file says over the present settings.
    static func read(_ node: Node, _ file: SettingsFile, into settings: inout InstallationSettings) throws
    /// Refuses what may not come to be, when the whole file is read.
    static func check(_ old: InstallationSettings, _ new: InstallationSettings) throws
    /// What differs, for people.
    static func changes(_ old: InstallationSettings, _ new: InstallationSettings) -> [SettingsChange]
    /// What records it: nothing where nothing differs, else an event for each thing that changed.
    static func events(_ old: InstallationSettings, _ new: InstallationSettings) -> [PlannedEvent]
    /// As `read` takes it; nil where it is not for a file to say.
    static func written(_ settings: InstallationSettings) -> JSONValue?
}

extension SettingsSection {
    static func check(_ old: InstallationSettings, _ new: InstallationSettings) throws {}
}

enum SettingsSections {
    /// In the order of the file, which is that in which their events are recorded.
    static var all: [any SettingsSection.Type] {
        [
            AccountSection.self, AppSection.self, HelpDeskSection.self, AgentsSection.self, ContactFieldsSection.self,
            MailSection.self, MailTextsSection.self,
        ]
    }
    static let keys = all.map { $0.key }
}

/// What a section is read from: where its values stand, and where secrets are kept to which it refers.
struct SettingsFile {
    let yaml: SettingsYAML
    let secrets: Secrets
}

/// An event that is to be recorded.
struct PlannedEvent {
    let event: Event
    let subject: Subject
    /// It comes behind the tenants' own: what it removes they may let go of before.
    var isLate = false

    init(_ event: Event, _ subject: Subject, isLate: Bool = false) {
        (self.event, self.subject, self.isLate) = (event, subject, isLate)
    }
}

/// One setting that differs, for people; nil stands for none.
struct SettingsChange {
    let key: String
    let old: String?
    let new: String?
    /// One element of a list, which is named by its value.
    var isElement = false
    /// The domain of the tenant whose setting it is; nil for the installation's.
    var tenant: String?

    init(_ key: String, _ old: String?, _ new: String?, isElement: Bool = false) {
        (self.key, self.old, self.new, self.isElement) = (key, old, new, isElement)
    }

    var line: String {
        switch (isElement, old, new) {
        case (true, nil, let new?): "\(key): + \(new)"
        case (true, let old?, nil): "\(key): - \(old)"
        default: "\(key): \(old ?? "none") -> \(new ?? "none")"
        }
    }

    var json: [(key: String, value: JSONValue)] {
        [("key", .string(key)), ("old", JSONValue(old)), ("new", JSONValue(new))]
    }

    /// The members that differ; both lists have the same keys.
    static func between(
        _ section: String, _ old: [(key: String, value: String?)], _ new: [(key: String, value: String?)]
    ) -> [SettingsChange] {
        zip(old, new).compactMap { before, after in
            before.value == after.value ? nil : SettingsChange("\(section).\(before.key)", before.value, after.value)
        }
    }
}
