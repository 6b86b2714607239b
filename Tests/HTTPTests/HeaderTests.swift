import HTTP
import Testing

struct HeaderTests {
    @Test(
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199), ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200),
        ] as [(String, Int64)])
    func `an http date is read`(text: String, seconds: Int64) {
        #expect(HTTPDate.seconds(text) == seconds)
    }

    @Test(arguments: [
        "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 6x Nov 1994 08:49:37 GMT",
    ])
    func `no other date is`(text: String) {
        #expect(HTTPDate.seconds(text) == nil)
    }

    @Test func `a date counts from the date of the response`() {
        let until = "Sun, 06 Nov 1994 08:49:37 GMT"
        #expect(RetryAfter.parse(until, date: "Sun, 06 Nov 1994 08:49:07 GMT", now: 0) == .seconds(30))
        #expect(RetryAfter.parse(until, date: nil, now: 784_111_770) == .seconds(7))
        #expect(RetryAfter.parse(until, date: nil, now: 784_111_999) == .zero)
    }

    @Test(arguments: ["1e9", "inf", ".", "1.2.3", "-1", "12s", ""])
    func `what is neither seconds nor a date is no wait`(text: String) {
        #expect(RetryAfter.parse(text, date: nil, now: 0) == nil)
    }

    @Test func `an absurd number of seconds is only very long`() {
        #expect(RetryAfter.parse(String(repeating: "9", count: 400), date: nil, now: 0) == .seconds(315_360_000))
    }

    @Test(arguments: [
        ("http://localhost:8080/x", true), ("http://127.0.0.1", true), ("http://127.9.9.9", true),
        ("http://[::1]:80/", true), ("http://127.0.0.1.evil.example", false), ("http://localhost.evil.example", false),
        ("http://128.0.0.1", false), ("http://127.0.0.256", false), ("https://graph.microsoft.com", false),
    ])
    func `loopback is told from what only looks like it`(url: String, isLoopback: Bool) throws {
        #expect(try #require(WebOrigin(url)).isLoopback == isLoopback)
    }

    @Test func `an origin compares without case and default port`() {
        #expect(WebOrigin("HTTPS://Graph.Microsoft.com:443/a?b") == WebOrigin("https://graph.microsoft.com"))
        #expect(WebOrigin("https://graph.microsoft.com@evil.example/") == nil)
        #expect(WebOrigin("https://graph.microsoft.com.evil.example/") != WebOrigin("https://graph.microsoft.com"))
        #expect(WebOrigin("ftp://graph.microsoft.com") == nil)
        #expect(WebOrigin("graph.microsoft.com") == nil)
    }

    @Test(arguments: [
        ("https://graph.microsoft.com", true), ("https://graph.intern.example", false),
        ("https://intern.example", false), ("https://winter.example:8443", false), ("https://localhost:1", false),
    ])
    func `the environment says what takes the proxy`(url: String, applies: Bool) throws {
        let environment = [
            "HTTPS_PROXY": "http://user:pw@proxy.example:3128", "no_proxy": ".intern.example, winter.example:8443",
        ]
        let proxy = try #require(try ProxySettings(environment: environment))
        #expect(proxy.port == 3128)
        #expect(!"\(proxy) \(String(reflecting: proxy))".contains("pw"))
        #expect(proxy.applies(to: try #require(WebOrigin(url))) == applies)
    }

    @Test(
        arguments: [
            (["https_proxy": "lower:1", "HTTPS_PROXY": "http://upper:2"], "lower:1"),
            (["HTTPS_PROXY": "http://upper"], "upper:80"), (["https_proxy": "", "HTTPS_PROXY": "http://upper"], nil),
            (["HTTP_PROXY": "http://other:1"], nil),
        ] as [([String: String], String?)])
    func `lower case names the proxy first`(environment: [String: String], proxy: String?) throws {
        #expect(try ProxySettings(environment: environment).map { "\($0)" } == proxy)
    }

    @Test func `no proxy is taken for any host where the exception is a star`() throws {
        let proxy = try #require(try ProxySettings(environment: ["https_proxy": "p", "NO_PROXY": "*"]))
        #expect(proxy.applies(to: try #require(WebOrigin("https://graph.microsoft.com"))) == false)
    }

    @Test(arguments: ["socks5://me:pw@proxy.example", "https://me:pw@proxy.example", "http://"])
    func `another kind of proxy is refused without showing it`(value: String) {
        let error = #expect(throws: WebError.self) { try ProxySettings(environment: ["HTTPS_PROXY": value]) }
        #expect(error?.kind == .settings && error?.message.contains("pw") == false)
    }

    @Test func `a header that comes twice has two values, and the date is the server's clock`() {
        let headers = [
            ("WWW-Authenticate", "Negotiate"), ("www-authenticate", "Bearer"),
            ("Date", "Thu, 01 Jan 1970 00:01:00 GMT"),
        ]
        let response = WebResponse(status: 401, headers: headers, body: [])
        #expect(response.headers("WWW-AUTHENTICATE") == ["Negotiate", "Bearer"] && response.date == 60)
        #expect(WebResponse(status: 200, headers: [("Date", "today")], body: []).date == nil)
    }

    @Test(arguments: [(Duration.milliseconds(430), "0.4 s"), (.seconds(12), "12 s"), (.seconds(900), "15 min")])
    func `a wait is told in words`(duration: Duration, words: String) {
        let wait = Wait(service: "graph", reason: .throttled, duration: duration, attempt: 1)
        #expect("\(wait)" == "throttled by graph, waiting \(words)")
    }
}
