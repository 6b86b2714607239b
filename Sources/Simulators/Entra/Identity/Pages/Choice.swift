/// One account that a sign-in page offers, and what was chosen there.
struct Choice: Sendable {
    /// What the form sends: an object id, or `personal`.
    let value: String
    let label: String

    /// The first users of every tenant that the authority lets in; anybody else is typed.
    static func all(at tenant: TenantName, in state: EntraState) -> [Choice] {
        let shown = state.tenants.count > 1 ? 3 : 8
        let indexes = state.tenants.indices.filter { tenant.isShared || state.tenants[$0].isNamed(tenant.text) }
        let known = tenant == .consumers ? [] : indexes.flatMap { members(of: state.tenants[$0], shown) }
        return known + [Choice(value: "personal", label: "somebody@outlook.example (a personal account)")]
    }

    private static func members(of tenant: Tenant, _ count: Int) -> [Choice] {
        tenant.directory.page(from: 0, limit: count).indexes.map { index in
            let user = tenant.directory.user(at: index)
            let name = user.value(of: .userPrincipalName).text ?? user.id
            let role = index == 0 ? ", administrator of " : " of "
            return Choice(value: user.id, label: name + role + tenant.displayName)
        }
    }

    /// The buttons of a form, and a field for everybody who has none.
    static func buttons(_ choices: [Choice]) -> String {
        choices.map { Page.button("user", $0.value, $0.label) }.joined(separator: "\n")
            + "\n<p><label>Another user name <input name=\"username\"></label> <button name=\"user\" value=\"\">Next</button></p>"
    }
}

extension EntraState {
    /// The account that a form names: by object id, by user name, or the personal one.
    func account(_ form: Fields, at tenant: TenantName) throws(TokenError) -> Account {
        let typed = form["username"] ?? ""
        let name = form["user"].flatMap { $0.isEmpty ? nil : $0 } ?? typed
        if name == "personal" {
            guard tenant.takesPersonalAccounts else { throw TokenError(500_208) }
            return .personal
        }
        for (index, candidate) in tenants.enumerated() {
            guard let user = candidate.directory.index(of: name), candidate.directory.isPresent(user) else { continue }
            guard tenant != .consumers else { throw TokenError(500_208) }
            guard tenant.isShared || candidate.isNamed(tenant.text) else { throw TokenError(50020) }
            guard candidate.directory.user(at: user).value(of: .accountEnabled) != false else {
                throw TokenError(50057)
            }
            return .member(tenant: index, user: user)
        }
        throw TokenError(50034)
    }

    /// Consent for everybody is an administrator's to give: the first user of each tenant is one.
    mutating func consent(_ account: Account, _ application: Int, to permissions: Set<Permission>) throws(TokenError) {
        guard case .member(let tenant, 0) = account else { throw TokenError(90094) }
        tenants[tenant].consents[application] = .all(permissions)
    }
}
