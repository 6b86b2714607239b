import Testing

@testable import HappyFox

@Suite struct AddressAndKeyTests {
    @Test(arguments: [
        "https://acme.happyfox.com", "https://ACME.happyfox.com/", "https://acme.happyfox.com/api/1.1/json/",
        "https://acme.happyfox.com/api/1.1", "https://acme.happyfox.com/staff/",
    ])
    func `an account is known by every address that people copy`(text: String) throws {
        let root = try HappyFoxRoot(text)
        #expect(root.url == "https://acme.happyfox.com")
        #expect(root.address("staff/") == "https://acme.happyfox.com/api/1.1/json/staff/")
    }

    @Test(arguments: ["http://localhost:8081", "http://127.0.0.1:9", "http://[::1]:8081", "https://desk.example:8443"])
    func `ports stay, and plain http is for this machine`(text: String) throws {
        #expect(try HappyFoxRoot(text).url == text)
    }

    @Test(arguments: [
        "", "acme", "acme.happyfox.com", "ftp://acme.example", "https://", "https://acme.example/desk",
        "https://acme.example?x=1", "https://key:code@acme.example", "http://acme.happyfox.com",
        "http://127.0.0.1.example",
    ])
    func `every other address is refused`(text: String) {
        let error = #expect(throws: HappyFoxError.self) { try HappyFoxRoot(text) }
        #expect(error?.kind == .unexpected && error?.hints.isEmpty == false)
        #expect(error?.message.contains("key:code") == false)
    }

    @Test func `the key is the user name and the auth code the password`() throws {
        #expect(try HappyFoxKey("Aladdin:open-sesame").authorization == "Basic QWxhZGRpbjpvcGVuLXNlc2FtZQ==")
    }

    @Test(arguments: ["", ":", "no-colon", "a:b:c", ":code", "key:", "my key:code", "key: code"])
    func `what is no key is refused without being repeated`(text: String) {
        let error = #expect(throws: HappyFoxError.self) { try HappyFoxKey(text) }
        #expect(error?.message == "the file of the API key does not hold key:authcode")
        #expect(error.map { "\($0)\($0.hints)".contains("code\"") } == false)
    }

    @Test func `a key is never printed`() throws {
        let key = try HappyFoxKey("simulated-key:simulated-code")
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), String(describing: [key]), dumped] {
            #expect(!text.contains("simulated") && !text.contains("Basic"))
        }
    }
}
