import ContactSync

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

    package func eachLine(_ body: ([UInt8]) throws -> Void) throws {
        try body(head.line)
        for entry in entries { try body(entry.line) }
    }

    package init(lines: some Sequence<some Sequence<UInt8>>) throws(FormatError) {
        var head: Head?
        var entries: [Entry] = []
        var number = 0
        for line in lines {
            number += 1
            guard let json = try? JSONValue(parsing: Array(line)) else {
                throw number == 1 ? .notAPlan : .damaged(line: number)
            }
            if number == 1 {
                head = Head(json)
                if head == nil { throw .notAPlan }
            } else {
                guard let entry = Entry(json), entry.decision != nil else { throw .damaged(line: number) }
                entries.append(entry)
            }
        }
        guard let head else { throw .notAPlan }
        guard head.decisions == entries.count else { throw .damaged(line: number + 1) }
        self.init(head: head, entries: entries)
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
