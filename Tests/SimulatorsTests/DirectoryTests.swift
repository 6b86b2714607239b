import Testing

@testable import Simulators

@Suite struct DirectoryTests {
    static let seeds: [UInt64] = [0, 1, 2, 42, 0xffff_ffff_ffff_ffff]

    private func roster(_ seed: UInt64 = 1, count: Int = 20_000, clean: Bool = false) -> Roster {
        Roster(
            seed: seed, count: count, clean: clean, domain: "contoso.example",
            initialDomain: "contoso.onmicrosoft.example", companyName: "Contoso")
    }

    @Test(arguments: seeds)
    func `an object id leads back to its user and to no other`(seed: UInt64) {
        let ids = ObjectID(seed: seed)
        var seen: Set<String> = []
        for index in Array(0..<2000) + [65_535, 65_536, 999_999, 1 << 40] {
            let id = ids.text(of: index)
            #expect(ids.index(of: id) == index)
            #expect(ids.index(of: id.uppercased()) == index)
            #expect(seen.insert(id).inserted)
        }
        #expect(ids.index(of: ObjectID(seed: seed ^ 77).text(of: 5)) == nil)
        #expect(ids.index(of: "not an id") == nil)
    }

    @Test(arguments: seeds)
    func `a principal name is an address, unique, and leads back to its user`(seed: UInt64) {
        let roster = roster(seed, count: 3000)
        var seen: Set<String> = []
        for index in 0..<roster.count {
            let name = Person(index, in: roster).principalName
            #expect(name.utf8.allSatisfy { $0 < 128 && $0 != 32 } && name.count <= 113)
            #expect(roster.index(ofPrincipalName: name.uppercased()) == index)
            #expect(seen.insert(name.lowercased()).inserted)
        }
    }

    @Test func `a clean tenant lacks nothing, another lacks a little of everything`() {
        let clean = roster(clean: true)
        let usual = roster()
        for property in [Property.mobilePhone, .businessPhones, .department, .mail] {
            #expect(missing(property, in: clean) == 0)
            #expect((100...1000).contains(missing(property, in: usual)))
        }
        #expect((0..<clean.count).allSatisfy { Int(Person($0, in: clean).value(of: .employeeId).text ?? "") != nil })
        #expect(!(0..<usual.count).allSatisfy { Int(Person($0, in: usual).value(of: .employeeId).text ?? "") != nil })
    }

    private func missing(_ property: Property, in roster: Roster) -> Int {
        (0..<roster.count).count { [.null, .array([])].contains(Person($0, in: roster).value(of: property)) }
    }

    @Test func `no value is longer than Entra allows`() {
        let limits: [Property: Int] = [
            .displayName: 256, .givenName: 64, .surname: 64, .jobTitle: 128, .department: 64, .city: 128, .state: 128,
            .streetAddress: 1024, .postalCode: 40, .mobilePhone: 64, .mailNickname: 64, .employeeId: 16,
        ]
        let roster = roster(count: 5000)
        for index in 0..<roster.count {
            let person = Person(index, in: roster)
            for (property, limit) in limits {
                #expect((person.value(of: property).text?.count ?? 0) <= limit)
            }
        }
        #expect((0..<roster.count).contains { Person($0, in: roster).displayName.count == 256 })
    }

    @Test func `names are written in many scripts and stay what they are`() {
        #expect(Culture.all.count == 18)
        let person = Person(0, in: roster())
        #expect(person.principalName == "inigo.gonzalez0@contoso.example")
        #expect(ObjectID(seed: 1).text(of: 0) == "939b8187-aa18-4856-84d1-1b6fb6e848eb")
    }
}
