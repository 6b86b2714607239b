extension Property {
    /// The shape of a property's value, as far as a write has to be checked.
    enum Kind: Sendable {
        case text, flag, texts, object, objects
    }

    var kind: Kind {
        switch self {
        case .accountEnabled, .isResourceAccount, .onPremisesSyncEnabled, .showInAddressList: .flag
        case .businessPhones, .imAddresses, .interests, .otherMails, .pastProjects, .proxyAddresses, .responsibilities,
            .schools, .skills:
            .texts
        case .employeeOrgData, .mailboxSettings, .onPremisesExtensionAttributes, .passwordProfile, .signInActivity:
            .object
        case .assignedLicenses, .assignedPlans, .identities, .licenseAssignmentStates, .onPremisesProvisioningErrors,
            .provisionedPlans, .serviceProvisioningErrors:
            .objects
        default: .text
        }
    }

    /// Properties which the service itself maintains.
    var isReadOnly: Bool {
        switch self {
        case .id, .createdDateTime, .deletedDateTime, .creationType, .proxyAddresses, .imAddresses, .assignedPlans,
            .assignedLicenses, .licenseAssignmentStates, .provisionedPlans, .signInActivity, .securityIdentifier,
            .externalUserStateChangeDateTime, .lastPasswordChangeDateTime, .serviceProvisioningErrors:
            true
        default: false
        }
    }

    /// Selecting one of these on a collection gives 501, and delta does not know them.
    var isSingleUserOnly: Bool { rawValue >= Property.aboutMe.rawValue }

    /// `signInActivity` was seen refused by delta although a list gives it.
    var isUnsupportedInDelta: Bool { isSingleUserOnly || self == .signInActivity }

    /// Null is a value of every property but collections and a few others.
    func accepts(_ value: JSONValue) -> Bool {
        switch (kind, value) {
        case (.text, .string), (.flag, .bool), (.object, .object), (.objects, .array): true
        case (.texts, .array(let elements)):
            elements.allSatisfy { $0.text != nil } && (self != .businessPhones || elements.count <= 1)
        case (.text, .null): self != .userPrincipalName && self != .displayName
        case (.flag, .null): self != .accountEnabled
        case (.object, .null): true
        default: false
        }
    }
}
