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
    let isGuest: Bool
    let isEnabled: Bool
}

extension DirectoryUser {
    fileprivate init(_ index: Int, in directory: Directory) {
        let user = directory.user(at: index)
        func text(_ property: Property) -> String? { user.value(of: property).text }
        var phones: [JSONValue] = []
        if case .array(let values) = user.value(of: .businessPhones) { phones = values }
        self.init(
            index: index, id: user.id, isPresent: user.lifecycle == .present, isPurged: user.lifecycle == .gone,
            principalName: text(.userPrincipalName) ?? "", displayName: text(.displayName) ?? "", mail: text(.mail),
            mobilePhone: text(.mobilePhone), businessPhone: phones.first?.text, department: text(.department),
            employeeID: text(.employeeId), isGuest: text(.userType) == "Guest",
            isEnabled: user.value(of: .accountEnabled) != .bool(false))
    }
}

extension RunningSimulator {
    private var current: Directory { service.withState { $0.tenants[0].directory } }

    /// All users that there ever were, in the order in which a first read has them.
    var directory: [DirectoryUser] {
        let directory = current
        return (0..<directory.slots).map { DirectoryUser($0, in: directory) }
    }

    var present: [DirectoryUser] { directory.filter(\.isPresent) }

    /// Somebody who is there.
    func anybody(using dice: inout SeededGenerator) -> DirectoryUser? {
        let directory = current
        let index = (0..<directory.slots).filter { directory.isPresent($0) }.randomElement(using: &dice)
        return index.map { DirectoryUser($0, in: directory) }
    }
}
