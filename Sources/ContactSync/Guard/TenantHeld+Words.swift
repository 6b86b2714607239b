/// What was held and why, in words for logs and reports; nobody is named.
extension TenantHeld {
    /// Such as `1200 of 3000 contacts would be updated (40 %; the guard allows 20 %)`.
    package var extent: String {
        var parts: [String] = []
        if GuardLimits.isOver(limits.updates, updates, of: contacts) {
            parts.append(
                "\(about)\(updates) of \(contacts) contacts would be updated \(share(updates, limits.updates))")
        }
        if GuardLimits.isOver(limits.creates, creates, of: contacts) {
            parts.append(
                "\(about)\(creates) contacts would be created beside \(contacts) \(share(creates, limits.creates))")
        }
        return parts.joined(separator: ", and ")
    }

    /// Such as `the mapping was edited (1150), users are new or changed in Entra ID (50)`.
    package var cause: String {
        let causes = [
            (settingsWords, causes.settings), ("the selection was changed", causes.selection),
            ("users are new or changed in Entra ID", causes.entra),
        ].filter { $0.1 > 0 }
        if causes.count == 1, let only = causes.first { return only.0 }
        return causes.sorted { $0.1 > $1.1 }.map { "\($0.0) (\($0.1))" }.joined(separator: ", ")
    }

    private var about: String { isEstimate == true ? "about " : "" }

    private func share(_ count: Int, _ limit: Int?) -> String {
        let percent = contacts == 0 ? "" : "\(count * 100 / contacts) %; "
        return "(\(percent)the guard allows \(limit ?? 100) %)"
    }

    private var settingsWords: String {
        let words = edits.compactMap(\.kind.words)
        let unique = words.enumerated().filter { words.firstIndex(of: $0.element) == $0.offset }.map(\.element)
        return unique.isEmpty ? "settings were changed" : unique.joined(separator: " and ")
    }
}

extension TenantHeld.Edit.Kind {
    /// Nil for what decides only who is selected.
    fileprivate var words: String? {
        switch self {
        case .mapping: "the mapping was edited"
        case .overwrite: "overwriting of custom fields was switched"
        case .fields: "custom fields were changed"
        case .helpDesk: "the help desk was changed"
        case .selection: nil
        }
    }
}
