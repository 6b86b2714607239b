import ContactSync
import EntraID
import HTTP
import Projections

/// One tenant, from the cable to the permissions. A rotated refresh token is stored, as after every use.
struct TenantChecks {
    let tenant: Tenant
    let log: SyncLog?
    let secrets: Secrets
    let progress: ProgressLine

    func findings() async throws -> [Finding] {
        let here = [status, contactSync, latestRead, held, expiry, deltaState].compactMap { $0 }
        let web: WebClient
        do { web = try self.web() } catch { return here + [Finding("network", failed: error)] }
        let remote = await remoteFindings(web)
        await web.shutdown()
        return here + remote
    }

    private func remoteFindings(_ web: WebClient) async -> [Finding] {
        let reached = await network(web)
        guard reached.allSatisfy({ $0.check != "network" || $0.result == .ok }) else {
            return reached + ["clock", "token", "permissions"].map { .skipped($0, after: "the network") }
        }
        do {
            let client = try client(Connection.credential(of: tenant, secrets), web)
            try await client.confirmAuthorization()
            let token = Finding("token", .ok, "the sign-in service gave one")
            return reached + [token, await permissions(client)] + (await groups(client))
        } catch {
            return reached + [Finding("token", failed: error), .skipped("permissions", after: "a token")]
        }
    }

    /// Soon: whoever asks is waiting.
    private func web() throws -> WebClient {
        var retry = RetryPolicy()
        (retry.attempts, retry.attemptsWithoutConnection, retry.longestRetryAfter) = (3, 2, .seconds(10))
        let isOwn = tenant.authorized.hasOwnAuthority == true
        return try Connection.web(
            caFile: isOwn ? secrets.source(.authority, of: tenant.id) : nil, retry: retry, progress: progress)
    }

    private func client(_ credential: Credential, _ web: WebClient) throws -> EntraClient {
        EntraClient(
            endpoints: try Endpoints(authority: tenant.authorized.authority, graph: tenant.authorized.graph),
            tenant: tenant.id.rawValue, credential: credential, web: web)
    }

    /// Needs no secret, which may be missing.
    private func network(_ web: WebClient) async -> [Finding] {
        do {
            let nobody = Credential.clientSecret(clientID: tenant.authorized.clientID, secret: "")
            let time = try await client(nobody, web).serverTime()
            let scheme = tenant.authorized.authority.hasPrefix("https") ? "over TLS" : "without TLS, on this machine"
            let network = Finding("network", .ok, "\(tenant.authorized.authority) answers \(scheme)")
            return [network, clock(time)]
        } catch {
            return [Finding("network", failed: error)]
        }
    }

    private func clock(_ time: Int64?) -> Finding {
        guard let time else { return Finding("clock", .ok, "unknown: the sign-in service does not say its time") }
        let ahead = Clock.now() / 1000 - time
        let text =
            abs(ahead) < 3 ? "right" : "this machine's clock is \(abs(ahead)) s \(ahead < 0 ? "behind" : "ahead")"
        let advice = "set the clock, and let it be kept by NTP"
        if abs(ahead) > 300 { return Finding("clock", .fail(.configuration), text, advice: advice) }
        return abs(ahead) > 60 ? Finding("clock", .warn, text, advice: advice) : Finding("clock", .ok, text)
    }

    private func permissions(_ client: EntraClient) async -> Finding {
        do {
            let missing = try await client.missingPermissions()
            guard !missing.isEmpty else { return Finding("permissions", .ok, "none is missing") }
            let needsGroups = if case .groups = tenant.settings.users { true } else { false }
            let isHarmless =
                !missing.contains("User.Read.All") && !(needsGroups && missing.contains("GroupMember.Read.All"))
            return Finding(
                "permissions", isHarmless ? .warn : .fail(.notPermitted),
                "\(missing.joined(separator: ", ")) \(missing.count == 1 ? "is" : "are") missing",
                advice: "add what is missing to the app registration and give admin consent: "
                    + "foxtrail tenant reauthorize \(tenant.domain) --consent")
        } catch {
            return Finding("permissions", failed: error)
        }
    }
}
