import ContactSync
import Testing

@Suite struct EmailAddressTests {
    @Test(arguments: ["a@b.cd", "a_contoso.com#EXT#@tenant.example", "o'brien@x-y.example"])
    func `an address is accepted`(_ text: String) { #expect(EmailAddress.isValid(text)) }

    @Test(arguments: ["", "a", "@b.cd", "a@", "a@b", "a b@c.de", "a..b@c.de", "a@-b.cd", "a@b@c.de", "ä@b.cd"])
    func `anything else is refused`(_ text: String) { #expect(!EmailAddress.isValid(text)) }
}
