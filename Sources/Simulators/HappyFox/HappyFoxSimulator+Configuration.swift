internal import FoundationEssentials

extension HappyFoxSimulator {
    /// What the simulated account is like, how the server behaves, and which reading of the documentation it follows where
    /// that is silent or says two things.
    package struct Configuration: Sendable {
        /// The same seed gives the same contacts.
        package var seed: UInt64 = 1
        /// How many contacts there are already, as agents and tickets have left them.
        package var contacts = 0
        /// Contacts that are there besides, exactly as given.
        package var existing: [HappyFoxContact] = []
        /// The contact custom fields, in their order.
        package var fields = HappyFoxField.standard
        /// The names of fields that a new contact must have, besides those that say so themselves.
        package var requiredFields: Set<String> = []
        /// Contact groups.
        package var groups = [HappyFoxGroup(id: 2, name: "Partners", domains: ["partner.example"])]
        /// The user name of Basic authentication. KB 1092.
        package var apiKey = "simulated-key"
        /// Its password.
        package var authCode = "simulated-code"
        /// Of any minute; 0 is no limit. KB 1148.
        package var readsPerMinute = 500
        /// Of any minute; 0 is no limit. KB 1148.
        package var writesPerMinute = 300
        /// How long everything is refused once a limit was exceeded. KB 1148.
        package var penalty = Duration.seconds(600)
        /// The documented behaviour, where there is some, and a guess everywhere else.
        package var behaviour = Behaviour()
        /// What goes wrong, from the first request on.
        package var faults: [Fault] = []
        /// 0 takes any free port.
        package var port = 0
        /// Serve `https` with these files.
        package var tls: TLSFiles?
        /// Milliseconds since 1970: what limits are measured by and what contacts are dated with.
        package var now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1000) }
        /// Called before each request of the API is looked at; a test may move its clock here.
        package var onRequest: @Sendable () -> Void = {}

        /// An account without contacts.
        package init() {}
    }
}
