import Crypto
import Foundation
import Simulators

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A person at a browser, who reads a form and presses one of its buttons. Redirects are looked at, not followed.
struct Browser {
    let base: String

    struct Page {
        let status: Int
        let text: String
        let location: URLComponents?

        /// A parameter of the redirect.
        func parameter(_ name: String) -> String? {
            location?.queryItems?.first { $0.name == name }?.value
        }
    }

    private final class Still: NSObject, URLSessionTaskDelegate, Sendable {
        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
        ) {
            completionHandler(nil)
        }
    }

    func open(_ target: String) async throws -> Page {
        try await load(target, form: nil)
    }

    /// Presses a button of the page's form.
    func press(_ page: Page, _ button: [String: String]) async throws -> Page {
        let form = try #/<form method="post" action="([^"]*)">(.*?)<\/form>/#.dotMatchesNewlines().firstMatch(
            in: page.text)
        guard let form else { throw URLError(.cannotParseResponse) }
        var values = button
        for input in form.2.matches(of: #/<input type="hidden" name="([^"]*)" value="([^"]*)">/#) {
            values[String(input.1)] = Self.unescaped(String(input.2))
        }
        return try await load(Self.unescaped(String(form.1)), form: values)
    }

    private static func unescaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&quot;", with: "\"").replacingOccurrences(of: "&lt;", with: "<")
            .replacingOccurrences(of: "&gt;", with: ">").replacingOccurrences(of: "&amp;", with: "&")
    }

    private func load(_ target: String, form: [String: String]?) async throws -> Page {
        guard let url = URL(string: base + target) else { throw URLError(.badURL) }
        var request = URLRequest(url: url, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: 10)
        if let form {
            request.httpMethod = "POST"
            request.httpBody = Data(Self.encoded(form).utf8)
            request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        }
        let session = URLSession(configuration: .ephemeral, delegate: Still(), delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        let (data, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        return Page(
            status: response.statusCode, text: String(decoding: data, as: UTF8.self),
            location: response.value(forHTTPHeaderField: "Location").flatMap { URLComponents(string: $0) })
    }

    static func encoded(_ form: [String: String]) -> String {
        form.sorted { $0.key < $1.key }.map { name, value in
            name + "=" + (value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
        }.joined(separator: "&")
    }
}

/// A public client that signs a person in with a code and PKCE.
struct CodeFlow {
    let browser: Browser
    let clientID: String
    var authority = "organizations"
    var verifier = "a-verifier-that-is-long-enough-to-be-one-0123456789"
    var method: String? = "S256"
    var redirect = "http://localhost:4711"
    var scope = "openid profile offline_access User.Read.All"
    var extra: [String: String] = [:]

    var target: String {
        let digest = Data(SHA256.hash(data: Data(verifier.utf8))).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
        var query = [
            "client_id": clientID, "response_type": "code", "redirect_uri": redirect, "scope": scope,
            "state": "a&state", "nonce": "a-nonce", "code_challenge": method == "S256" ? digest : verifier,
        ]
        query["code_challenge_method"] = method
        return "/\(authority)/oauth2/v2.0/authorize?" + Browser.encoded(query.merging(extra) { $1 })
    }

    func signIn(_ button: [String: String]) async throws -> Browser.Page {
        try await browser.press(try await browser.open(target), button)
    }

    func token(_ form: [String: String]) async throws -> Client.Answer {
        let form = form.merging(["client_id": clientID]) { given, _ in given }
        return try await Client(base: browser.base, token: nil).send(
            "POST", "/\(authority)/oauth2/v2.0/token", body: Browser.encoded(form),
            type: "application/x-www-form-urlencoded")
    }

    func redeem(_ code: String?, verifier: String? = nil) async throws -> Client.Answer {
        try await token([
            "grant_type": "authorization_code", "code": code ?? "", "redirect_uri": redirect,
            "code_verifier": verifier ?? self.verifier, "client_info": "1",
        ])
    }
}
