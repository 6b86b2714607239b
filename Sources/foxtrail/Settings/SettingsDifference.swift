import ContactSync

/// What differs between two states of a tenant's settings, for people: each changed setting, before and after.
struct SettingsDifference {
    let old: TenantSettings
    let new: TenantSettings

    var lines: [String] { changes.map(\.line) }

    var changes: [SettingsChange] {
        zip(sections(old), sections(new)).flatMap { before, after in
            let keys = before.map(\.key) + after.map(\.key).filter { key in !before.contains { $0.key == key } }
            return keys.compactMap { key in
                let values = [before, after].map { part in part.first { $0.key == key }?.value }
                return values[0] == values[1] ? nil : SettingsChange(key, values[0], values[1])
            }
        }
    }

    /// What an admin should know about the change before the next sync.
    var notes: [String] {
        var notes: [String] = []
        let excludes = (old.include.guests && !new.include.guests) || (old.include.disabled && !new.include.disabled)
        if (old.users != new.users && new.users != .all) || excludes {
            notes.append("who leaves the selection keeps the contact; the next sync records who that is")
        }
        let costly = new.mapping.refusedByDelta.filter { !old.mapping.refusedByDelta.contains($0) }
        if new.users == .all, !costly.isEmpty {
            notes.append("delta rounds do not give \(costly.joined(separator: ", ")): every sync now reads everybody")
        }
        return notes
    }

    private typealias Entry = (key: String, value: String)

    /// Keys as `settings set` takes them, in the order of the settings file.
    private func sections(_ settings: TenantSettings) -> [[Entry]] {
        let mapping = settings.mapping
        return [
            [
                ("contactSync", "\(settings.contactSync)"), ("users", users(settings)),
                ("include.guests", "\(settings.include.guests)"), ("include.disabled", "\(settings.include.disabled)"),
                ("fields.email", "\(mapping.email)"), ("fields.name", "\(mapping.name)"),
            ],
            mapping.phones.sorted { $0.key < $1.key }.map { ("phones.\($0.key.rawValue)", "\($0.value)") },
            mapping.customFields.sorted { $0.key < $1.key }.map { ("customFields.\($0.key)", "\($0.value)") },
            [
                ("overwriteCustomFields", "\(settings.overwriteCustomFields)"),
                ("accountEmail", "\(settings.accountEmail)"), ("fullReadDays", "\(settings.fullReadDays)"),
                ("guard.updates", GuardLimits.words(settings.guardLimits.updates)),
                ("guard.creates", GuardLimits.words(settings.guardLimits.creates)),
            ],
        ]
    }

    private func users(_ settings: TenantSettings) -> String {
        settings.users == .all ? "all" : settings.chosenGroups.map(\.words).joined(separator: ", ")
    }
}

extension ChosenGroup {
    /// By name and id: a name alone may be another group's too.
    var words: String { name.map { "\($0) (\(id))" } ?? id }
}
