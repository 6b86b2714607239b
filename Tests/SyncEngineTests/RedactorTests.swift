@testable import SyncEngine
import ContactSync
import Testing

/// Shape stays, and everything else goes.
@Suite struct RedactorTests {
    @Test(arguments: [
        "ann@contoso.example", "Ann O'Brien-Smith", "no address", "ann..b@x.de", "ann@x", "+49 (30) 0123-45", "EXT-31",
        "Élodie",
        "Соломія Ґудзь", "يوسف", "李 小龙", " \t", "", "👩‍💻 !", "A\u{301}nn", "ann@exämple.de",
    ])
    func `letters stay letters, digits digits, and the rest as it is`(text: String) throws {
        for _ in 0..<50 {
            var redact = Redactor(keeping: [])
            let other = try redact(text)
            #expect(other.count == text.count)
            #expect(other.utf8.count == text.utf8.count)
            #expect(EmailAddress.isValid(other) == EmailAddress.isValid(text))
            for (old, new) in zip(text.unicodeScalars, other.unicodeScalars) {
                #expect(new.properties.generalCategory == old.properties.generalCategory)
                #expect(new.isASCII == old.isASCII)
                if !old.properties.isAlphabetic, old.properties.numericType == nil { #expect(new == old) }
            }
            #expect(text.count < 4 || other != text || !text.contains(where: \.isLetter))
        }
    }

    @Test(arguments: ["5", "5.0", "5.00", "-12.30", "007", "0", "-0.00", "1e3", "2.50E-7", "100", "1234567890123456"])
    func `a number stays one, and none stays none`(text: String) throws {
        for _ in 0..<50 {
            var redact = Redactor(keeping: [])
            let other = try redact(text)
            #expect(other.count == text.count)
            #expect((DecimalText.canonical(other) == nil) == (DecimalText.canonical(text) == nil))
            #expect(throws: Never.self) {
                try JSONValue(parsing: Array((text.first == "0" && text.count > 1 ? "1" : other).utf8))
            }
            guard let canonical = DecimalText.canonical(text) else { continue }
            #expect(try redact(canonical) == DecimalText.canonical(other))
        }
    }

    @Test func `what was equal stays equal, and what was not does not become so`() throws {
        for _ in 0..<20 {
            var redact = Redactor(keeping: [])
            let (address, shouted) = (try redact("ann@contoso.example"), try redact("ANN@Contoso.example"))
            #expect(EmailAddress.areSame(address, shouted))
            #expect(address != shouted)
            #expect(try redact("SMTP:ann@contoso.example").hasSuffix(":" + address))
            let digits = try Set((1...9).map { try redact(String($0)) })
            #expect(digits.count == 9)
        }
    }

    @Test func `a choice stays, and so does what a boolean becomes`() throws {
        var redact = Redactor(keeping: ["Berlin"])
        #expect(try (redact("Berlin"), redact("true")) == ("Berlin", "true"))
        #expect(try redact("berlin") != "berlin")
        var numbers = Redactor(keeping: ["5.00"])
        #expect(try (numbers("5"), numbers("5.0")) == ("5", "5.0"))
    }

    @Test(arguments: [
        ("number already used by Bob Jones", "number already used by "), ("see An Long, at least 3 characters", "see"),
        ("Badge: must be unique; O'Neil has it", "Badge: must be unique; "),
        ("030 123 45 is in use by bob", " is in use by "),
    ])
    func `words of the help desk name nobody else either`(words: String, kept: String) throws {
        let names = ["Bob", "Jones", "bob", "An Long", "Neil", "030", "123", "45"]
        var met: [String: Int] = [:]
        for _ in 0..<20 {
            var redact = Redactor(keeping: [], named: ["Badge"])
            _ = try redact("Ann Example")
            let other = try redact.scrub(words)
            #expect(other.contains(kept) || kept == "see")
            for name in names where other.contains(name) { met[name, default: 0] += 1 }
            if words.contains("least") { #expect(other.hasSuffix(", at least 3 characters")) }
        }
        // Other letters may once be the same by chance.
        #expect(met.values.allSatisfy { $0 < 7 }, "\(met)")
    }

    @Test func `words of the help desk lose the values, hosts and long numbers`() throws {
        var redact = Redactor(keeping: [])
        let name = try redact("Ann")
        let words = try redact.scrub("The contact Ann <bo@contoso.example> exists, see acme.example 4711, at most 256")
        #expect(words.hasPrefix("The contact \(name) <"))
        #expect(words.hasSuffix(", at most 256"))
        for secret in ["Ann ", "bo@", "contoso", "4711", "acme"] { #expect(!words.contains(secret)) }
    }
}
