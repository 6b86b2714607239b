import ContactSync
import Journal
package import Projections

/// A plan as a file: JSON objects, one a line. The first is the head, each other one a decision.
extension SyncPlan {
    static let format = "foxtrail-plan-v1"

    /// Why a file is no plan.
    package enum FormatError: Error, Equatable {
        /// Not one of ours, or one of another version.
        case notAPlan
        /// It was cut off, or a line was changed by hand; which one, from 1.
        case damaged(line: Int)
    }

    /// Writes the plan of a rehearsed sync, a line at a time.
    ///
    /// - Parameter origin: The name of the journal.
    @discardableResult
    package static func write(
        _ rehearsal: Rehearsal, origin: String, at time: Int64, _ body: (_ line: [UInt8]) throws -> Void
    ) throws -> Head {
        let head = Head(
            origin: origin, size: rehearsal.base.size, root: rehearsal.base.root.description,
            engine: Syncer.engineVersion, madeAt: time, decisions: try rehearsal.decisionCount)
        try body(head.line)
        try rehearsal.eachDecision { try body(Entry($0).line) }
        return head
    }

    static func read(_ lines: @escaping Lines, _ body: (Entry) throws -> Void) throws -> Head {
        var head: Head?
        var number = 0
        try lines { line in
            number += 1
            let json = try? JSONValue(parsing: line)
            if number == 1 {
                head = json.flatMap { Head($0) }
                if head == nil { throw FormatError.notAPlan }
                return
            }
            guard let entry = json.flatMap({ Entry($0) }), entry.decision != nil else {
                throw FormatError.damaged(line: number)
            }
            try body(entry)
        }
        guard let head else { throw FormatError.notAPlan }
        guard head.decisions == number - 1 else { throw FormatError.damaged(line: number + 1) }
        return head
    }
}

extension SyncPlan.Head {
    fileprivate var line: [UInt8] {
        CanonicalJSON(
            .object([
                ("format", .string(SyncPlan.format)), ("journal", .string(origin)), ("size", .number(String(size))),
                ("root", .string(root)), ("engine", .number(String(engine))), ("madeAt", .number(String(madeAt))),
                ("decisions", .number(String(decisions))),
            ])
        ).bytes
    }

    fileprivate init?(_ json: JSONValue) {
        guard json["format"]?.string == SyncPlan.format, let origin = json["journal"]?.string,
            let size = json["size"]?.integer, let root = json["root"]?.string, let engine = json["engine"]?.integer,
            let madeAt = json["madeAt"]?.integer, let decisions = json["decisions"]?.integer
        else { return nil }
        self.init(
            origin: origin, size: size, root: root, engine: Int(engine), madeAt: madeAt, decisions: Int(decisions))
    }
}

extension SyncPlan.Entry {
    /// The same for a decision however its line is spelled.
    var hash: Hash { Hash(of: line) }

    fileprivate var line: [UInt8] {
        var json = CanonicalJSON()
        json.beginObject()
        json.key("tenant")
        json.string(user.tenant.rawValue)
        json.key("objectID")
        json.string(user.objectID)
        json.key("what")
        json.string(type)
        json.key("data")
        json.raw(String(decoding: data, as: UTF8.self))
        json.endObject()
        return json.bytes
    }

    fileprivate init?(_ json: JSONValue) {
        guard let tenant = json["tenant"]?.string, let objectID = json["objectID"]?.string,
            let type = json["what"]?.string, let data = json["data"]
        else { return nil }
        user = UserKey(tenant: TenantID(rawValue: tenant), objectID: objectID)
        self.type = type
        self.data = CanonicalJSON(data).bytes
    }
}
