import ContactSync
import Journal
import Projections
import Simulators
import SyncEngine

/// What a sync did, as its events and the simulator's memory tell it.
struct Watched {
    let log: SyncLog
    let types: [String]
    let removals: [String: UserRemoved.Cause]
    let reads: [SelectionRead]
    /// Of Graph.
    let requests: [LoggedRequest]

    var reasons: [SelectionRead.Reason?] { reads.map(\.reason) }
}

extension Scene {
    func watchedSync() async throws -> Watched {
        let before = try home.position()
        simulator.forgetRequests()
        let log = try await sync()
        var removals: [String: UserRemoved.Cause] = [:]
        var reads: [SelectionRead] = []
        let records = try home.events(after: before)
        for record in records {
            switch try record.event() {
            case .userRemoved(let removed)?:
                let key = record.subject.flatMap { Subject.user(in: $0) }
                removals[key?.objectID ?? ""] = removed.cause
            case .selectionRead(let read)?: reads.append(read)
            default: break
            }
        }
        return Watched(
            log: log, types: records.map(\.type), removals: removals, reads: reads,
            requests: simulator.requests.filter { $0.path.hasPrefix("/v1.0/") })
    }

    /// Whose contacts there are, by object id.
    func linked() throws -> [String: ContactID] {
        Dictionary(
            uniqueKeysWithValues: try home.contacts().compactMap { listed in
                listed.user.map { ($0.objectID, listed.contact.id) }
            })
    }

    func emails() throws -> Set<String> { Set(try home.report().map(\.email)) }
}
