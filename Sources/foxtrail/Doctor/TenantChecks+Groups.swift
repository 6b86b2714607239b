import ContactSync
import EntraID
import Projections

extension TenantChecks {
    /// Whether the selected groups are still there; nothing where all users are selected.
    func groups(_ client: EntraClient) async -> [Finding] {
        guard case .groups(let ids) = tenant.settings.users else { return [] }
        do {
            var gone: [String] = []
            for id in ids where try await client.group(id: id) == nil {
                gone.append(tenant.settings.groupNames[id].map { "\($0) (\(id))" } ?? id)
            }
            if gone.isEmpty { return [Finding("groups", .ok, "\(ids.count) selected, all there")] }
            return [
                Finding(
                    "groups", .fail(.configuration),
                    "no longer in the tenant: \(gone.joined(separator: ", "))",
                    advice: "choose other groups: foxtrail settings groups \(tenant.domain) lists them")
            ]
        } catch {
            return [Finding("groups", failed: error)]
        }
    }

    /// What the latest sync met; nil where it read the tenant.
    var latestRead: Finding? {
        guard let log, tenant.failedIn == log.sync else { return nil }
        return Finding(
            "latest sync", .warn, "could not read the tenant: \(tenant.failure ?? "")", advice: tenant.failureAdvice)
    }
}
