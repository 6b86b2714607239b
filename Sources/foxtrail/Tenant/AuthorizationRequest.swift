import ContactSync
import EntraID
import Foundation
import HTTP
import Projections

/// Everything that is asked of the outside before a tenant counts as authorized.
struct AuthorizationRequest {
    /// As it was named: an id or a domain; nil for the tenant of whoever signs in.
    let tenant: String?
    let clientID: String
    let endpoints: Endpoints
    let way: Way
    let web: WebClient
    let waitsForConsent: Bool
    let quiet: Bool

    /// Signs in, looks whether everything that is needed can be read, and asks the tenant for its name.
    func prove() async throws -> (proof: Proof, organization: Organization, missing: [String]) {
        let proof = try await consenting(tenant) { try await signIn() }
        try check(proof)
        let (organization, missing) = try await consenting(proof.tenant ?? tenant) { try await examine(proof) }
        try check(organization, proof)
        return (proof, organization, missing)
    }

    private func signIn() async throws -> Proof {
        let person = PersonSignIn(endpoints: endpoints, tenant: tenant, clientID: clientID, web: web, quiet: quiet)
        switch way {
        case .clientSecret(let secret): return Proof(secret: secret, clientID: clientID)
        case .certificate(let certificate, let pem):
            return Proof(certificate: certificate, pem: pem, clientID: clientID)
        case .deviceCode: return Proof(try await person.withDeviceCode(), clientID: clientID)
        case .browser: return Proof(try await person.inBrowser(), clientID: clientID)
        }
    }

    private func examine(_ proof: Proof) async throws -> (Organization, missing: [String]) {
        let client = EntraClient(
            endpoints: endpoints, tenant: proof.tenant ?? tenant ?? EntraID.SignIn.anyTenant,
            credential: proof.credential, web: web)
        let missing = try await client.missingPermissions()
        // Groups are not everybody's: without their permission everything else can be done.
        guard missing.allSatisfy({ $0 == "GroupMember.Read.All" }) else {
            throw EntraError.missing(missing, isApplication: way.isApplication)
        }
        return (try await client.organization(), missing)
    }

    private func consenting<T>(_ tenant: String?, _ body: () async throws -> T) async throws -> T {
        do { return try await body() } catch let error as EntraError where error.lacksConsent {
            let consent = Consent(
                endpoints: endpoints, tenant: tenant ?? EntraID.SignIn.anyTenant, clientID: clientID)
            guard waitsForConsent else { throw error.adding(hints: consent.hints) }
            Notice.tell(["The tenant answers: \(error.message)"])
            try await consent.wait()
            return try await body()
        }
    }

    private func check(_ proof: Proof) throws {
        guard let tenant, UUID(uuidString: tenant) != nil, let actual = proof.tenant else { return }
        if tenant.lowercased() != actual { throw EntraError.otherTenant(tenant) }
    }

    private func check(_ organization: Organization, _ proof: Proof) throws {
        let id = organization.id.lowercased()
        guard UUID(uuidString: id) != nil else {
            throw EntraError(.unexpected, "graph named a tenant whose id is no GUID")
        }
        let names = [id] + organization.domains.map { $0.lowercased() }
        if let tenant, !names.contains(tenant.lowercased()) { throw EntraError.otherTenant(tenant) }
        if let actual = proof.tenant, actual != id { throw EntraError.otherTenant(actual) }
    }
}

extension EntraError {
    fileprivate static func otherTenant(_ named: String) -> EntraError {
        EntraError(
            .authorizationRefused, "the sign-in is for another tenant than \(named)",
            hints: ["sign in with an account of that tenant, or name the other one with --tenant"])
    }

    fileprivate static func missing(_ permissions: [String], isApplication: Bool) -> EntraError {
        let kind = isApplication ? "application" : "delegated"
        let (word, verb) = permissions.count == 1 ? ("permission", "is") : ("permissions", "are")
        return EntraError(
            .permissionMissing, "the \(kind) \(word) \(permissions.joined(separator: ", ")) \(verb) missing",
            hints: ["add what is missing to the app registration"])
    }
}
