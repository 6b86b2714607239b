package import ContactSync
package import HappyFox

/// What a sync needs to reach a help desk elsewhere.
package struct HelpDeskConnection {
    /// Throws `HappyFoxError` where it cannot be reached as things are set.
    let client: (HelpDesk, RequestGate) throws -> HappyFoxClient
    /// Spends a pause; tests need not.
    let sleep: (Duration) async throws -> Void
    let progress: (HelpDeskProgress) -> Void

    package init(
        client: @escaping (HelpDesk, RequestGate) throws -> HappyFoxClient,
        sleep: @escaping (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        progress: @escaping (HelpDeskProgress) -> Void = { _ in }
    ) {
        self.client = client
        self.sleep = sleep
        self.progress = progress
    }
}

/// How far a sync has come with the help desk.
package enum HelpDeskProgress: Sendable, Equatable {
    /// So many contacts are to be written, in so many milliseconds if nothing gets in the way.
    case projected(contacts: Int, milliseconds: Int64)
    case reading(contacts: Int, of: Int?)
    case writing(contacts: Int, of: Int)
    case waiting(HelpDeskWait)
}

/// A pause that the help desk's limits ask for.
package struct HelpDeskWait: Sendable, Equatable {
    package enum Reason: Sendable, Equatable {
        /// As many requests of a kind were made as a minute may have.
        case limit(RequestKind, perMinute: Int)
        /// The help desk has answered 429.
        case refused
        /// It may still be at work on a write whose answer is missing.
        case unanswered
    }
    package let reason: Reason
    /// Milliseconds since 1970.
    package let until: Int64
}
