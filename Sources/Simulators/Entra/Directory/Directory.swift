/// The users of one tenant: the seeded roster, and on top of it what has changed. A copy is cheap and stays as it was, so a
/// page can be written without holding a lock.
struct Directory: Sendable {
    let roster: Roster
    private(set) var changes: [Int: Change] = [:]
    /// The user of every change, oldest first. A version is a length of this list.
    private(set) var journal: [Int] = []
    private(set) var added = 0
    /// Renamed and added users; the others are found by the number in their name.
    private var principalNames: [String: Int] = [:]

    /// Tells the changes of this run from those of another, which are lost.
    private let run = UInt64.random(in: .min ... .max)

    /// The key of delta tokens. The seeded state is the same in every run, so its tokens survive a restart; later ones do not.
    func tokenKey(atVersion version: Int) -> UInt64 {
        Dice.mix(roster.dice.seed ^ UInt64(roster.count)) ^ (version == 0 ? 0 : run)
    }

    init(roster: Roster) {
        self.roster = roster
    }

    var version: Int { journal.count }

    /// Seeded and added users, deleted ones included.
    var slots: Int { roster.count + added }

    func user(at index: Int) -> User {
        User(
            id: roster.ids.text(of: index),
            person: index < roster.count ? Person(index, in: roster) : nil,
            change: changes[index])
    }

    func isPresent(_ index: Int) -> Bool {
        (0..<slots).contains(index) && (changes[index]?.lifecycle ?? .present) == .present
    }

    /// Deleted, but not for good.
    func isRestorable(_ index: Int) -> Bool {
        changes[index]?.lifecycle == .softDeleted
    }

    var presentCount: Int {
        slots - changes.values.count { $0.lifecycle != .present }
    }

    /// By object id or user principal name, whatever has become of the user.
    func index(of name: String) -> Int? {
        if let index = roster.ids.index(of: name) { return index < slots ? index : nil }
        if let index = principalNames[name.lowercased()], isCalled(name, index) { return index }
        guard let index = roster.index(ofPrincipalName: name) else { return nil }
        return changes[index]?.values[.userPrincipalName] == nil ? index : nil
    }

    /// A user who was renamed twice is no longer found under the name in between.
    private func isCalled(_ name: String, _ index: Int) -> Bool {
        user(at: index).value(of: .userPrincipalName).text?.lowercased() == name.lowercased()
    }

    /// The next users at or after a place, and the place at which to go on.
    func page(
        from start: Int, limit: Int, where matches: ((User) -> Bool)? = nil
    ) -> (indexes: [Int], next: Int?) {
        func isWanted(_ index: Int) -> Bool {
            isPresent(index) && matches?(user(at: index)) != false
        }
        var indexes: [Int] = []
        var place = start
        while place < slots, indexes.count < limit {
            if isWanted(place) { indexes.append(place) }
            place += 1
        }
        // Deleted users at the end would otherwise promise a page that turns out empty.
        while place < slots, !isWanted(place) { place += 1 }
        return (indexes, place < slots ? place : nil)
    }
}

extension Directory {
    /// Appends a user who has nothing but these values.
    mutating func add(_ values: [Property: JSONValue]) -> Int {
        let index = slots
        added += 1
        changes[index] = Change(values: values)
        record(index, PropertySet([]), isLifecycle: true)
        return index
    }

    mutating func patch(_ index: Int, _ values: [Property: JSONValue]) {
        let before = user(at: index)
        let changed = values.filter { before.value(of: $0.key).differs(from: $0.value) }
        guard !changed.isEmpty else { return }
        for (property, value) in changed {
            changes[index, default: Change()].values[property] = merge(value, over: changes[index]?.values[property])
        }
        var properties = PropertySet(changed.keys)
        if properties.contains(.mail) { properties.insert(.proxyAddresses) }
        if properties.contains(.userPrincipalName) { properties.insert(.identities) }
        record(index, properties, isLifecycle: false)
    }

    mutating func move(_ index: Int, to lifecycle: Change.Lifecycle) {
        changes[index, default: Change()].lifecycle = lifecycle
        record(index, PropertySet([]), isLifecycle: true)
    }

    private func merge(_ value: JSONValue, over earlier: JSONValue?) -> JSONValue {
        guard case .object(let new) = value, case .object(let old)? = earlier else { return value }
        return .object(old.filter { value[$0.name] == nil } + new)
    }

    private mutating func record(_ index: Int, _ properties: PropertySet, isLifecycle: Bool) {
        journal.append(index)
        let step = Change.Step(version: version, properties: properties, isLifecycle: isLifecycle)
        changes[index, default: Change()].steps.append(step)
        if let name = changes[index]?.values[.userPrincipalName]?.text {
            principalNames[name.lowercased()] = index
        }
    }
}

extension JSONValue {
    /// Whether a PATCH with that value changes this one: of an object, only the members it names count.
    fileprivate func differs(from patch: JSONValue) -> Bool {
        guard case .object(let members) = patch, case .object = self else { return self != patch }
        return members.contains { (self[$0.name] ?? .null) != $0.value }
    }
}
