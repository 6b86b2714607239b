extension Person {
    /// What the seeded user has for a property; null for what was never set.
    func value(of property: Property) -> JSONValue {
        switch property {
        case .id: .string(roster.ids.text(of: index))
        case .displayName: .string(displayName)
        case .givenName: .string(given.text)
        case .surname: .string(surname.text)
        case .userPrincipalName: .string(principalName)
        case .mail: lacks(.mail, perThousand: 30) ? .null : .string(isGuest ? partnerMail : principalName)
        case .mailNickname: .string(isGuest ? localPart + "_partner.example#EXT#" : localPart)
        case .otherMails: isGuest ? .array([.string(partnerMail)]) : .array([])
        case .userType: isGuest ? "Guest" : "Member"
        case .externalUserState: isGuest ? .string(invitation) : .null
        case .creationType: isGuest ? "Invitation" : .null
        case .accountEnabled: .bool(!roll(.account).happens(perThousand: 30))
        case .mobilePhone: lacks(.mobile) ? .null : .string(phone(.mobile))
        case .businessPhones: lacks(.phone) ? .array([]) : .array([.string(phone(.phone))])
        case .jobTitle: .string(oddity == .formula ? formulaTitle : Self.pick(Self.titles, roll(.job)))
        case .department: lacks(.department) ? .null : .string(department)
        case .companyName: .string(isGuest ? "Partner Ltd." : roster.companyName)
        case .employeeId: .string(employeeNumber)
        case .employeeType: .string(Self.pick(["Employee", "Contractor", "Consultant", "Vendor"], roll(.employee)))
        case .employeeOrgData: employeeOrgData
        case .officeLocation, .city, .country, .state, .postalCode, .streetAddress, .preferredLanguage, .usageLocation:
            .string(place(property))
        case .createdDateTime, .employeeHireDate, .externalUserStateChangeDateTime, .lastPasswordChangeDateTime,
            .signInSessionsValidFromDateTime, .onPremisesLastSyncDateTime:
            date(property)
        case .onPremisesExtensionAttributes: extensionAttributes
        case .onPremisesSyncEnabled: isSynced ? true : .null
        case .onPremisesSamAccountName: isSynced ? .string(String(localPart.prefix(20))) : .null
        case .onPremisesImmutableId: isSynced ? .string("imm" + String(index)) : .null
        case .imAddresses: isGuest ? .array([]) : .array([.string(principalName)])
        default: unset(property)
        }
    }

    /// Collections are never null.
    private func unset(_ property: Property) -> JSONValue {
        switch property.kind {
        case .texts, .objects: .array([])
        case .text, .flag, .object: .null
        }
    }

    var department: String { Self.pick(Self.departments, roll(.department)) }

    /// As `value(of: .department)`, without making the person.
    static func department(_ index: Int, in roster: Roster) -> String? {
        let roll = roster.dice.roll(.department, index)
        return lacks(roll, 20, in: roster) ? nil : pick(departments, roll)
    }

    /// Users synchronised from on-premises.
    var isSynced: Bool { !isGuest && roll(.synced).happens(perThousand: 300) }

    private var invitation: String {
        roll(.kind).happens(perThousand: 250, shift: 16) ? "PendingAcceptance" : "Accepted"
    }

    private var employeeNumber: String {
        lacks(.employee) ? "EXT-" + String(index % 1000) : String(100_000 + index)
    }

    static func pick(_ list: [String], _ roll: UInt64) -> String { list[roll.pick(list.count)] }

    private static let departments = [
        "Engineering", "Sales", "Support", "Finance", "Legal", "Human Resources", "Marketing", "R&D",
        "Forschung & Entwicklung",
    ]

    private static let titles = [
        "Engineer", "Account Manager", "Support Specialist", "Controller", "Counsel", "Recruiter", "Chef de projet",
        "Geschäftsführer", "Product Manager",
    ]
}
