extension EntraService {
    /// `GET /organization`.
    /// With `User.Read` alone a person is told no more than its name and domains (2.2).
    func organization(_ call: Call, _ caller: Caller) -> Reply {
        let tenant = withState { $0.tenants[caller.tenant] }
        let isOpen = caller.mayReadOrganization
        return .json([
            "@odata.context": .string("\(call.origin)/v1.0/$metadata#organization"),
            "value": [
                [
                    "id": .string(tenant.id),
                    "deletedDateTime": nil,
                    "displayName": .string(tenant.displayName),
                    "businessPhones": [],
                    "city": nil,
                    "countryLetterCode": isOpen ? "US" : nil,
                    "createdDateTime": isOpen ? "2012-01-01T00:00:00Z" : nil,
                    "onPremisesLastSyncDateTime": nil,
                    "onPremisesSyncEnabled": nil,
                    "preferredLanguage": isOpen ? "en" : nil,
                    "technicalNotificationMails": isOpen ? [.string("admin@\(tenant.defaultDomain)")] : [],
                    "tenantType": isOpen ? "AAD" : nil,
                    "verifiedDomains": [
                        domain(tenant.initialDomain, isDefault: false), domain(tenant.defaultDomain, isDefault: true),
                    ],
                ]
            ],
        ])
    }

    private func domain(_ name: String, isDefault: Bool) -> JSONValue {
        [
            "capabilities": "Email, OfficeCommunicationsOnline", "isDefault": .bool(isDefault),
            "isInitial": .bool(!isDefault), "name": .string(name), "type": "Managed",
        ]
    }

    /// `GET /users/$count`: an advanced query, so it needs the header.
    func countUsers(_ call: Call, tenant: Int) throws -> Reply {
        guard call.wantsEventual else { throw GraphError.badRequest("$count is not currently supported.") }
        return .text(String(directory(tenant).presentCount))
    }

    /// `GET /users/{id or userPrincipalName}`.
    func oneUser(_ name: String, _ call: Call, tenant: Int) throws -> Reply {
        let directory = directory(tenant)
        guard let index = directory.index(of: name), directory.isPresent(index) else { throw GraphError.notFound(name) }
        return entity(directory.user(at: index), try Selection(call.query["$select"]), call, status: 200)
    }

    func created(_ index: Int, _ call: Call, tenant: Int) -> Reply {
        let user = directory(tenant).user(at: index)
        return entity(user, Selection(Property.defaultSet, isExplicit: false), call, status: 201)
            .with("Location", "\(call.origin)/v1.0/users/\(user.id)")
    }

    private func entity(_ user: User, _ selection: Selection, _ call: Call, status: Int) -> Reply {
        var json = JSONWriter(capacity: 1024)
        json.raw("{\"@odata.context\":")
        json.write("\(call.origin)/v1.0/$metadata#users\(selection.contextSuffix)/$entity")
        json.raw(",")
        json.write(user, selection.properties, .written)
        json.raw("}")
        return .json(bytes: json.bytes, status: status)
    }
}
