import ContactSync
import GRDB
import Journal

/// The small numbers that stand for tenants in a million rows, read once each.
///
/// A tenant's number is the position of its first authorization, and never changes.
final class TenantNumbers {
    private let byID, byNumber: RowStatement
    private var numbers: [TenantID: Int64] = [:]
    private var ids: [Int64: TenantID] = [:]

    init(_ db: Database) throws {
        byID = try RowStatement(db, "SELECT number FROM tenants WHERE id = ?")
        byNumber = try RowStatement(db, "SELECT id FROM tenants WHERE number = ?")
    }

    func number(of tenant: TenantID) throws -> Int64? {
        if let number = numbers[tenant] { return number }
        byID.bind(1, tenant.rawValue)
        defer { byID.reset() }
        guard try byID.step() else { return nil }
        numbers[tenant] = byID.integer(0)
        return byID.integer(0)
    }

    func id(of number: Int64) throws -> TenantID {
        if let tenant = ids[number] { return tenant }
        byNumber.bind(1, number)
        defer { byNumber.reset() }
        guard try byNumber.step() else { throw JournalError.broken("a user of an unknown tenant") }
        let tenant = TenantID(rawValue: byNumber.text(0))
        ids[number] = tenant
        return tenant
    }
}
