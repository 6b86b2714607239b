import ContactSync
import Testing

/// Laws that hold for every record, over records made from seeds.
struct DecideTwiceTests {
    @Test(arguments: UInt64(1)...300)
    func `deciding again gives nothing new`(seed: UInt64) throws {
        var given = DecideTwiceTests.given(seed)
        let contact: Contact
        switch try given.decide() {
        case .fail: return
        case .create(let email, let name, let phones, let fields):
            contact = Contact(
                id: ContactID(rawValue: 1), email: email, name: name, phones: phones, customFields: fields)
        case .update(let id, let changes, _):
            var updated = try #require(given.standing.linked ?? given.standing.sameEmail?.contact)
            #expect(updated.id == id)
            for change in changes { updated.apply(change) }
            contact = updated
        }
        given.standing = Standing(linked: contact)
        #expect(try given.decide() == .update(contact.id, changes: [], adopts: false))
    }

    @Test(arguments: UInt64(1)...300)
    func `a change holds what was there before and something else now`(seed: UInt64) throws {
        let given = DecideTwiceTests.given(seed)
        guard case .update(_, let changes, _) = try given.decide() else { return }
        let before = try #require(given.standing.linked ?? given.standing.sameEmail?.contact)
        for change in changes {
            #expect(change.old != change.new)
            var undone = before
            undone.apply(ContactChange(change.field, old: change.new, new: change.old))
            #expect(undone == before)
        }
    }

    @Test func `the seeds reach every kind of decision`() throws {
        var kinds: Set<String> = []
        for seed in UInt64(1)...300 {
            switch try DecideTwiceTests.given(seed).decide() {
            case .create: kinds.insert("create")
            case .update(_, let changes, let adopts): kinds.insert("update \(changes.isEmpty) \(adopts)")
            case .fail: kinds.insert("fail")
            }
        }
        #expect(
            kinds.isSuperset(of: ["create", "update false true", "update false false", "update true false", "fail"]))
    }

    static func given(_ seed: UInt64) -> Given {
        var dice = Dice(state: seed)
        let values = [#""a""#, #""b""#, "5", #""5.0""#, "null"]
        var given = Given(
            user: [
                "displayName": dice.pick([#""Ann""#, #""Anna""#]), "mobilePhone": dice.pick([#""1""#, #""2""#]),
                "city": dice.pick(values), "state": dice.pick(["5", #""5.00""#, "null", "-0"]),
            ],
            phones: dice.pick([[:], [.mobile: "mobilePhone"]]),
            mapped: dice.pick([[:], ["t": "city"], ["t": "city", "n": "state"], ["n": "city"]]),
            fields: [.text("t", required: dice.pick([true, false, false])), .number("n")],
            overwrites: dice.pick([true, false]))
        let contact = Contact.ann.with(
            phones: dice.pick([[:], [.mobile: "1"]]),
            fields: dice.pick([[:], ["t": .text("a")], ["t": .text("b"), "n": .number("5")]]))
        given.standing = dice.pick([
            Standing(), Standing(linked: contact), Standing(linked: contact), Standing(sameEmail: (contact, .nobody)),
            Standing(sameEmail: (contact, .user(.bob))),
        ])
        return given
    }
}

/// SplitMix64: the same seed gives the same record on every machine.
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[Int(next() % UInt64(values.count))] }
}
