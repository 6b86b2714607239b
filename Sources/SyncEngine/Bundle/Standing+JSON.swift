import ContactSync

/// What was known of contacts, in a bundle.
extension Standing {
    var json: JSONValue {
        get throws {
            var members: [(key: String, value: JSONValue)] = []
            if let linked { members.append(("linked", try linked.json)) }
            if let (contact, holder) = sameEmail {
                members.append(("sameEmail", .object([("contact", try contact.json), ("holder", holder.json)])))
            }
            if let earlier { members.append(("earlier", earlier.json)) }
            if let claimant { members.append(("claimant", claimant.json)) }
            return .object(members)
        }
    }

    init(bundle json: JSONValue) throws {
        self.init(
            linked: try json["linked"].map { try Contact(bundle: $0) },
            earlier: try json["earlier"].map { try UserKey(bundle: $0) },
            claimant: try json["claimant"].map { try UserKey(bundle: $0) })
        guard let same = json["sameEmail"] else { return }
        sameEmail = (try Contact(bundle: same["contact"] ?? .null), try Holder(bundle: same["holder"] ?? .null))
    }
}

extension Standing.Holder {
    fileprivate var json: JSONValue {
        switch self {
        case .nobody: .object([("is", .string("nobody"))])
        case .user(let key): .object([("is", .string("user")), ("user", key.json)])
        case .leaving(let key): .object([("is", .string("leaving")), ("user", key.json)])
        case .removed(let key): .object([("is", .string("removed")), ("user", key.json)])
        }
    }

    fileprivate init(bundle json: JSONValue) throws {
        switch json["is"]?.string {
        case "nobody": self = .nobody
        case "user": self = .user(try UserKey(bundle: json["user"] ?? .null))
        case "leaving": self = .leaving(try UserKey(bundle: json["user"] ?? .null))
        case "removed": self = .removed(try UserKey(bundle: json["user"] ?? .null))
        default: throw BundleError.notABundle("its standing is none")
        }
    }
}

extension UserKey {
    fileprivate var json: JSONValue {
        .object([("tenant", .string(tenant.rawValue)), ("objectID", .string(objectID))])
    }

    fileprivate init(bundle json: JSONValue) throws {
        guard let tenant = json["tenant"]?.string, let objectID = json["objectID"]?.string else {
            throw BundleError.notABundle("its standing names no user")
        }
        self.init(tenant: TenantID(rawValue: tenant), objectID: objectID)
    }
}

/// A contact as the journal writes it.
extension Contact {
    fileprivate var json: JSONValue {
        get throws { try JSONValue(parsing: Event.contactAdded(.init(contact: self)).data()) }
    }

    fileprivate init(bundle json: JSONValue) throws {
        guard case .contactAdded(let added)? = try? Event(.contactAdded, data: CanonicalJSON(json).bytes) else {
            throw BundleError.notABundle("its standing holds no contact")
        }
        self = added.contact
    }
}
