import EntraID
import Foundation
import HTTP
import Projections

/// One command's talk with a tenant.
struct EntraSession {
    let global: GlobalOptions

    func with<T>(_ tenant: Tenant, _ body: (EntraClient) async throws -> T) async throws -> T {
        let progress = ProgressLine(quiet: global.quiet)
        defer { progress.clear() }
        let web = try Connection.web(progress: progress)
        let result: Result<T, any Error>
        do {
            result = .success(try await body(Connection.client(for: tenant, secrets: global.secrets, web: web)))
        } catch {
            result = .failure(error)
        }
        await web.shutdown()
        return try result.get()
    }
}
