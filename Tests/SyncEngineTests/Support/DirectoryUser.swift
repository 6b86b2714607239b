@testable import Simulators

/// A user as the simulated tenant has it now, read from its memory and not from what it answers.
struct DirectoryUser {
    let index: Int
    let id: String
    let isPresent: Bool
    /// Gone for good.
    let isPurged: Bool
    let principalName: String
    let displayName: String
    let mail: String?
    let mobilePhone: String?
    let businessPhone: String?
    let department: String?
    let employeeID: String?
}

extension RunningSimulator {
    /// All users that there ever were, in the order in which a first read has them.
    var directory: [DirectoryUser] {
        let directory = service.withState { $0.tenants[0].directory }
        return (0..<directory.slots).map { index in
            let user = directory.user(at: index)
            func text(_ property: Property) -> String? { user.value(of: property).text }
            var phones: [JSONValue] = []
            if case .array(let values) = user.value(of: .businessPhones) { phones = values }
            return DirectoryUser(
                index: index, id: user.id, isPresent: user.lifecycle == .present, isPurged: user.lifecycle == .gone,
                principalName: text(.userPrincipalName) ?? "", displayName: text(.displayName) ?? "",
                mail: text(.mail), mobilePhone: text(.mobilePhone), businessPhone: phones.first?.text,
                department: text(.department), employeeID: text(.employeeId))
        }
    }

    var present: [DirectoryUser] { directory.filter(\.isPresent) }
}
