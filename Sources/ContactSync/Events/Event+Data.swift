import FoundationEssentials

/// The bytes of an event's data, as they are written once and hashed.
extension Event {
    package func data() throws -> [UInt8] {
        switch self {
        case .userFetched(let user), .userChanged(let user): user.bytes
        case .contactCreated(let event): event.data
        case .contactUpdated(let event): event.data
        case .contactFailed(let event): event.data
        case .contactAdded(let event): event.data
        case .contactRead(let event): event.data
        case .contactWriteRequested(let event): event.data
        case .appInstalled, .appUninstalled: Array("{}".utf8)
        case .accountOpened(let event): try encode(event)
        case .accountChanged(let event): try encode(event)
        case .agentAdded(let event): try encode(event)
        case .agentChanged(let event): try encode(event)
        case .agentRemoved(let event): try encode(event)
        case .fieldDefined(let event): try encode(event)
        case .fieldChanged(let event): try encode(event)
        case .fieldRemoved(let event): try encode(event)
        case .tenantAuthorized(let event): try encode(event)
        case .tenantAuthorizationFailed(let event): try encode(event)
        case .tenantReauthorized(let event): try encode(event)
        case .tenantDisabled(let event): try encode(event)
        case .tenantEnabled(let event): try encode(event)
        case .tenantDeleted(let event): try encode(event)
        case .mappingChanged(let event): try encode(event)
        case .selectionChanged(let event): try encode(event)
        case .inclusionChanged(let event): try encode(event)
        case .fullReadDaysChanged(let event): try encode(event)
        case .overwriteChanged(let event): try encode(event)
        case .accountEmailChanged(let event): try encode(event)
        case .guardChanged(let event): try encode(event)
        case .contactSyncEnabled(let event): try encode(event)
        case .contactSyncDisabled(let event): try encode(event)
        case .syncStarted(let event): try encode(event)
        case .pageRead(let event): try encode(event)
        case .userRemoved(let event): try encode(event)
        case .selectionRead(let event): try encode(event)
        case .tenantReadFailed(let event): try encode(event)
        case .tenantHeld(let event): try encode(event)
        case .recordsUnconcerned(let event): try encode(event)
        case .syncApproved(let event): try encode(event)
        case .syncCompleted(let event): try encode(event)
        case .syncFailed(let event): try encode(event)
        case .syncInterrupted(let event): try encode(event)
        case .helpDeskChanged(let event): try encode(event)
        case .requestsReserved(let event): try encode(event)
        case .helpDeskThrottled(let event): try encode(event)
        case .contactsRead(let event): try encode(event)
        case .contactRemoved(let event): try encode(event)
        case .contactWriteAbandoned(let event): try encode(event)
        case .contactParkRequested(let event): try encode(event)
        case .mailServerChanged(let event): try encode(event)
        case .mailTemplateChanged(let event): try encode(event)
        case .accountEmailRequested(let event): try encode(event)
        case .accountEmailSent(let event): try encode(event)
        case .accountEmailFailed(let event): try encode(event)
        case .noticeRaised(let event): try encode(event)
        case .noticeCleared(let event): try encode(event)
        case .noticeDelivered(let event): try encode(event)
        case .noticeUndelivered(let event): try encode(event)
        case .noticeRecipientsChanged(let event): try encode(event)
        case .noticeWebhookChanged(let event): try encode(event)
        case .checkpointSigned(let event): try encode(event)
        case .personErased(let event): try encode(event)
        }
    }

    /// Reads what `data()` wrote, under this or any earlier version.
    package init(_ type: EventType, data: [UInt8]) throws {
        switch type {
        case .userFetched: self = .userFetched(try UserObject(data))
        case .userChanged: self = .userChanged(try UserObject(data))
        case .contactCreated: self = .contactCreated(.init(contact: try Contact(event: JSONValue(parsing: data))))
        case .contactUpdated: self = .contactUpdated(try .init(event: JSONValue(parsing: data)))
        case .contactFailed: self = .contactFailed(try .init(event: JSONValue(parsing: data)))
        case .contactAdded: self = .contactAdded(.init(contact: try Contact(event: JSONValue(parsing: data))))
        case .contactRead: self = .contactRead(.init(contact: try Contact(event: JSONValue(parsing: data))))
        case .contactWriteRequested: self = .contactWriteRequested(try .init(event: JSONValue(parsing: data)))
        case .appInstalled: self = .appInstalled
        case .appUninstalled: self = .appUninstalled
        case .accountOpened: self = .accountOpened(try decode(data))
        case .accountChanged: self = .accountChanged(try decode(data))
        case .agentAdded: self = .agentAdded(try decode(data))
        case .agentChanged: self = .agentChanged(try decode(data))
        case .agentRemoved: self = .agentRemoved(try decode(data))
        case .fieldDefined: self = .fieldDefined(try decode(data))
        case .fieldChanged: self = .fieldChanged(try decode(data))
        case .fieldRemoved: self = .fieldRemoved(try decode(data))
        case .tenantAuthorized: self = .tenantAuthorized(try decode(data))
        case .tenantAuthorizationFailed: self = .tenantAuthorizationFailed(try decode(data))
        case .tenantReauthorized: self = .tenantReauthorized(try decode(data))
        case .tenantDisabled: self = .tenantDisabled(try decode(data))
        case .tenantEnabled: self = .tenantEnabled(try decode(data))
        case .tenantDeleted: self = .tenantDeleted(try decode(data))
        case .mappingChanged: self = .mappingChanged(try decode(data))
        case .selectionChanged: self = .selectionChanged(try decode(data))
        case .inclusionChanged: self = .inclusionChanged(try decode(data))
        case .fullReadDaysChanged: self = .fullReadDaysChanged(try decode(data))
        case .overwriteChanged: self = .overwriteChanged(try decode(data))
        case .accountEmailChanged: self = .accountEmailChanged(try decode(data))
        case .guardChanged: self = .guardChanged(try decode(data))
        case .contactSyncEnabled: self = .contactSyncEnabled(try decode(data))
        case .contactSyncDisabled: self = .contactSyncDisabled(try decode(data))
        case .syncStarted: self = .syncStarted(try decode(data))
        case .pageRead: self = .pageRead(try decode(data))
        case .userRemoved: self = .userRemoved(try decode(data))
        case .selectionRead: self = .selectionRead(try decode(data))
        case .tenantReadFailed: self = .tenantReadFailed(try decode(data))
        case .tenantHeld: self = .tenantHeld(try decode(data))
        case .recordsUnconcerned: self = .recordsUnconcerned(try decode(data))
        case .syncApproved: self = .syncApproved(try decode(data))
        case .syncCompleted: self = .syncCompleted(try decode(data))
        case .syncFailed: self = .syncFailed(try decode(data))
        case .syncInterrupted: self = .syncInterrupted(try decode(data))
        case .helpDeskChanged: self = .helpDeskChanged(try decode(data))
        case .requestsReserved: self = .requestsReserved(try decode(data))
        case .helpDeskThrottled: self = .helpDeskThrottled(try decode(data))
        case .contactsRead: self = .contactsRead(try decode(data))
        case .contactRemoved: self = .contactRemoved(try decode(data))
        case .contactWriteAbandoned: self = .contactWriteAbandoned(try decode(data))
        case .contactParkRequested: self = .contactParkRequested(try decode(data))
        case .mailServerChanged: self = .mailServerChanged(try decode(data))
        case .mailTemplateChanged: self = .mailTemplateChanged(try decode(data))
        case .accountEmailRequested: self = .accountEmailRequested(try decode(data))
        case .accountEmailSent: self = .accountEmailSent(try decode(data))
        case .accountEmailFailed: self = .accountEmailFailed(try decode(data))
        case .noticeRaised: self = .noticeRaised(try decode(data))
        case .noticeCleared: self = .noticeCleared(try decode(data))
        case .noticeDelivered: self = .noticeDelivered(try decode(data))
        case .noticeUndelivered: self = .noticeUndelivered(try decode(data))
        case .noticeRecipientsChanged: self = .noticeRecipientsChanged(try decode(data))
        case .noticeWebhookChanged: self = .noticeWebhookChanged(try decode(data))
        case .checkpointSigned: self = .checkpointSigned(try decode(data))
        case .personErased: self = .personErased(try decode(data))
        }
    }
}

private func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(value))
}

private func decode<Value: Decodable>(_ data: [UInt8]) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(data))
}
