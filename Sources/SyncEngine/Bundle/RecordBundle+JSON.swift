import ContactSync

extension RecordBundle {
    package func data() throws -> [UInt8] {
        let members: [(key: String, value: JSONValue)] = [
            ("kind", .string(RecordBundle.kind)), ("version", .number(String(RecordBundle.version))),
            ("engineVersion", .number(String(engine))), ("tenant", .string(tenant.rawValue)),
            ("settings", mapping.json(overwrites: overwrites)), ("fields", .array(fields.map(\.json))),
            ("user", user), ("standing", try standing.json), ("recorded", try recorded.json),
        ]
        return CanonicalJSON(.object(members + (try answer.map { [("answer", try $0.json)] } ?? []))).bytes
    }

    /// Throws `BundleError` for whatever `data()` did not write.
    package init(_ bytes: [UInt8]) throws {
        guard bytes.count <= RecordBundle.maximumBytes else { throw BundleError.notABundle("it is too large for one") }
        guard let json = try? JSONValue(parsing: bytes) else { throw BundleError.notABundle("it is not JSON") }
        guard json["kind"]?.string == RecordBundle.kind, let version = json["version"]?.integer, version > 0 else {
            throw BundleError.notABundle("it does not say that it is one")
        }
        guard version <= RecordBundle.version else { throw BundleError.newer(version: version) }
        func member(_ key: String) throws -> JSONValue {
            guard let value = json[key] else { throw BundleError.notABundle("it has no \(key)") }
            return value
        }
        let settings = try member("settings")
        guard let engine = json["engineVersion"]?.integer.flatMap(Int.init(exactly:)),
            let tenant = json["tenant"]?.string, let mapping = Mapping(bundle: settings),
            let overwrites = settings["overwriteCustomFields"]?.bool, case .object = try member("user"),
            let fields = json["fields"]?.array.map({ $0.compactMap(FieldDefinition.init(bundle:)) }),
            fields.count == json["fields"]?.array?.count
        else { throw BundleError.notABundle("its settings, fields or user are none") }
        self.init(
            engine: engine, tenant: TenantID(rawValue: tenant), mapping: mapping, overwrites: overwrites,
            fields: fields, user: try member("user"), standing: try Standing(bundle: member("standing")),
            recorded: try Event(bundle: member("recorded")), answer: try json["answer"].map { try Event(bundle: $0) })
    }
}

extension Mapping {
    fileprivate func json(overwrites: Bool) -> JSONValue {
        .object([
            ("email", .string(email.description)), ("name", .string(name.description)),
            ("phones", .object(phones.map { ($0.key.rawValue, .string($0.value.description)) })),
            ("customFields", .object(customFields.map { ($0.key, .string($0.value.description)) })),
            ("overwriteCustomFields", .bool(overwrites)),
        ])
    }

    fileprivate init?(bundle json: JSONValue) {
        func path(_ value: JSONValue?) -> PropertyPath? { value?.string.flatMap { PropertyPath($0) } }
        guard let email = path(json["email"]), let name = path(json["name"]), let phones = json["phones"]?.members,
            let customFields = json["customFields"]?.members
        else { return nil }
        self.init(email: email, name: name)
        for (key, value) in phones {
            guard let type = PhoneType(rawValue: key), let path = path(value) else { return nil }
            self.phones[type] = path
        }
        for (key, value) in customFields {
            guard let path = path(value) else { return nil }
            self.customFields[key] = path
        }
    }
}

extension FieldDefinition {
    fileprivate var json: JSONValue {
        .object([
            ("name", .string(name)), ("type", .string(type.rawValue)), ("required", .bool(isRequired)),
            ("choices", .array(choices.map(JSONValue.string))),
        ])
    }

    fileprivate init?(bundle json: JSONValue) {
        guard let name = json["name"]?.string, let type = json["type"]?.string, let required = json["required"]?.bool,
            let choices = json["choices"]?.array
        else { return nil }
        self.init(
            name: name, type: FieldType(rawValue: type), isRequired: required, choices: choices.compactMap(\.string))
    }
}

extension Event {
    fileprivate var json: JSONValue {
        get throws {
            .object([("type", .string(type.rawValue)), ("data", try JSONValue(parsing: data()))])
        }
    }

    fileprivate init(bundle json: JSONValue) throws {
        guard let type = json["type"]?.string.flatMap(EventType.init(rawValue:)), let data = json["data"],
            let event = try? Event(type, data: CanonicalJSON(data).bytes)
        else { throw BundleError.notABundle("what it records is no event") }
        self = event
    }
}
