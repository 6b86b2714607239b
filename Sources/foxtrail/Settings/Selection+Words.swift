import ContactSync

extension TenantSettings {
    /// Whose users are synced, in words.
    func selectionInWords(of domain: String) -> String {
        let excluded = (include.guests ? [] : ["guests"]) + (include.disabled ? [] : ["disabled accounts"])
        let users = users == .all ? "all users" : "members of \(chosenGroups.map(\.words).joined(separator: ", "))"
        return "\(users) of \(domain)" + (excluded.isEmpty ? "" : ", without \(excluded.joined(separator: " and "))")
    }

    /// Why a user is out, as far as these settings and the user's last known state tell it.
    func exclusion(of user: UserObject) -> String? {
        if !include.guests, !Inclusion(guests: false).holds(user) { return "it is a guest" }
        if !include.disabled, !Inclusion(disabled: false).holds(user) { return "its account is disabled" }
        // The selection was another one when the user left it.
        return users == .all ? "that of then; no read has found the user since" : nil
    }
}

extension UserRemoved.Cause {
    /// What has become of the user; the contact is kept in any case.
    func words(because exclusion: String?) -> String {
        switch self {
        case .softDeleted: "deleted in Entra ID, which can restore a user for 30 days"
        case .deleted: "deleted in Entra ID for good"
        case .missing: "gone from Entra ID: a complete read did not contain the user"
        case .unselected: "left the selection" + (exclusion.map { ": \($0)" } ?? "")
        }
    }
}
