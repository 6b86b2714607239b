/// The properties of a user that can be asked for, in the order in which a user is written without `$select`.
enum Property: UInt8, CaseIterable, Sendable {
    // The default set of `GET /users`.
    case businessPhones, displayName, givenName, jobTitle, mail, mobilePhone, officeLocation, preferredLanguage
    case surname, userPrincipalName, id
    // Only on `$select`.
    case accountEnabled, ageGroup, assignedLicenses, assignedPlans, city, companyName, consentProvidedForMinor, country
    case createdDateTime, creationType, deletedDateTime, department, employeeHireDate, employeeId, employeeLeaveDateTime
    case employeeOrgData, employeeType, externalUserState, externalUserStateChangeDateTime, faxNumber, identities
    case imAddresses, isResourceAccount, lastPasswordChangeDateTime, legalAgeGroupClassification,
        licenseAssignmentStates
    case mailNickname, onPremisesDistinguishedName, onPremisesDomainName, onPremisesExtensionAttributes
    case onPremisesImmutableId, onPremisesLastSyncDateTime, onPremisesProvisioningErrors, onPremisesSamAccountName
    case onPremisesSecurityIdentifier, onPremisesSyncEnabled, onPremisesUserPrincipalName, otherMails, passwordPolicies
    case passwordProfile, postalCode, preferredDataLocation, provisionedPlans, proxyAddresses, securityIdentifier
    case serviceProvisioningErrors, showInAddressList, signInActivity, signInSessionsValidFromDateTime, state
    case streetAddress, usageLocation, userType
    // Kept outside the directory: only for one user at a time, and never in delta.
    case aboutMe, birthday, hireDate, interests, mailboxSettings, mySite, pastProjects, preferredName, responsibilities
    case schools, skills

    /// What `GET /users` returns without `$select`.
    static let defaultSet: [Property] = Array(allCases.prefix(11))

    /// As Graph spells it.
    var name: String { Self.names[Int(rawValue)] }

    /// The name as the beginning of a JSON member: `"displayName":`.
    var key: [UInt8] { Self.keys[Int(rawValue)] }

    /// Names are compared without regard to case, as Graph does in `$select`.
    init?(named name: some StringProtocol) {
        guard let found = Self.byName[name.lowercased()] else { return nil }
        self = found
    }

    private static let names = allCases.map { "\($0)" }
    private static let keys = names.map { Array("\"\($0)\":".utf8) }
    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ("\($0)".lowercased(), $0) })
}

/// A set of properties, small enough to be kept for every change.
struct PropertySet: Sendable, Equatable {
    private(set) var bits: UInt128 = 0

    init(_ properties: some Sequence<Property>) {
        for property in properties { insert(property) }
    }

    mutating func insert(_ property: Property) {
        bits |= 1 << UInt128(property.rawValue)
    }

    mutating func formUnion(_ other: PropertySet) {
        bits |= other.bits
    }

    func contains(_ property: Property) -> Bool {
        bits & (1 << UInt128(property.rawValue)) != 0
    }

    func intersects(_ other: PropertySet) -> Bool {
        bits & other.bits != 0
    }
}
