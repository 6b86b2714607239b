internal import FoundationEssentials

extension GraphRoute {
    /// What Graph wants for reading (2.13). Anybody may write: that is how tests change the tenant.
    func check(_ caller: Caller) throws(GraphError) {
        let isAllowed =
            switch self {
            case .organization: caller.mayReadOrganization || caller.isPerson && caller.may(.userRead)
            case .users, .userCount, .usersDelta, .user: caller.mayReadUsers
            case .groups, .groupCount, .group, .members: caller.mayReadGroups
            case .addUser, .patchUser, .deleteUser, .restoreUser, .purgeUser, .addGroup, .patchGroup, .deleteGroup,
                .addMember, .removeMember, .nowhere:
                true
            }
        guard isAllowed else { throw GraphError.forbidden }
    }
}

extension EntraState {
    /// From now on only tokens that were asked for with these claims will do. A client that never said that it understands
    /// challenges is not sent one: its token has simply ended (3.10).
    mutating func challenge(_ grant: AccessTokens.Grant, _ token: String) throws(GraphError) {
        guard grant.claims.understandsChallenges else {
            tokens.invalidate(token)
            throw .expiredToken
        }
        links += 1
        tenants[grant.tenant].challenge = String(Int(Date().timeIntervalSince1970)) + String(links)
    }

    func checkClaims(_ grant: AccessTokens.Grant) throws(GraphError) {
        guard let wanted = tenants[grant.tenant].challenge, grant.claims.understandsChallenges else { return }
        guard grant.claims.notBefore == wanted else { throw .challenged(ClaimsRequest.challenge(wanted)) }
    }
}
