import EntraID
import Testing

/// The table of learn.microsoft.com/entra/identity-platform/reference-error-codes, as far as it concerns us.
struct MeaningTests {
    private static let lost = [
        16_000, 50_020, 500_208, 50_034, 50_055, 50_144, 50_057, 50_058, 50_072, 50_074, 50_076, 50_079, 50_089,
        50_105, 50_126, 50_173, 53_000, 53_003, 54_005, 501_481, 65_001, 65_004, 70_000, 70_008, 700_082, 70_016,
        70_018, 70_019, 70_043, 70_001, 7_000_112, 700_016, 700_027, 700_030, 50_012, 7_000_215, 7_000_222, 90_002,
        90_072, 90_094, 90_095, 90_008,
    ]
    private static let misconfigured = [
        50_194, 500_011, 650_052, 650_056, 650_057, 70_011, 700_022, 700_023, 700_025, 7_000_218, 900_144, 90_014,
        9_001_023, 9_002_332,
    ]
    private static let transient = [90_033, 90_006, 50_033, 50_087, 90_024, 90_012, 90_055]
    private static let blocked = [50_053, 50_196]

    @Test(arguments: lost)
    func `what takes the authorization back advises to authorize again`(number: Int) throws {
        let meaning = try #require(AADSTS(number).meaning)
        #expect(meaning.consequence == .authorizationLost)
        #expect(meaning.advice.contains("authorize the tenant again"))
    }

    @Test(arguments: misconfigured)
    func `what is configured wrongly leaves the tenant enabled`(number: Int) throws {
        let meaning = try #require(AADSTS(number).meaning)
        #expect(meaning.consequence == .misconfigured && !meaning.advice.isEmpty)
    }

    @Test(arguments: transient)
    func `what passes by itself is tried again`(number: Int) {
        #expect(AADSTS(number).meaning?.consequence == .transient)
    }

    @Test(arguments: blocked)
    func `what trying again makes worse is not tried again`(number: Int) {
        let failure = TokenFailure(status: 400, body: Array(#"{"error_codes":[\#(number)]}"#.utf8))
        #expect(failure.consequence == .blocked && failure.entraError.kind == .unavailable)
    }

    @Test(arguments: lost + misconfigured + transient + blocked)
    func `words and advice fit a line of a message`(number: Int) throws {
        let meaning = try #require(AADSTS(number).meaning)
        for text in [meaning.words, meaning.advice] {
            #expect(text.first?.isLowercase == true && text.last != ".")
        }
    }

    @Test func `a lost authorization without a known number advises to authorize again`() {
        let failure = TokenFailure(status: 400, body: Array(#"{"error":"invalid_grant"}"#.utf8))
        #expect(failure.entraError.hints == ["authorize the tenant again"])
    }
}
