import EntraID
import HTTP
import WireFixtures

/// Client and server of a test, over real sockets.
struct Exchange {
    let server: RawServer
    let web: WebClient

    var endpoints: Endpoints {
        get throws { try Endpoints(authority: server.root, graph: server.root) }
    }

    static func run<Value>(_ replies: [Reply], _ body: (Exchange) async throws -> Value) async throws -> Value {
        try await RawServer.run(replies) { server in
            var settings = WebSettings()
            settings.environment = [:]
            settings.sleep = { _ in }
            let web = try WebClient(settings)
            let result: Result<Value, any Error>
            do { result = .success(try await body(Exchange(server: server, web: web))) } catch {
                result = .failure(error)
            }
            await web.shutdown()
            return try result.get()
        }
    }

    func client(_ credential: Credential = .clientSecret(clientID: "app", secret: "s")) throws -> EntraClient {
        EntraClient(endpoints: try endpoints, tenant: "contoso.example", credential: credential, web: web)
    }

    /// The form fields of the request of that number, decoded.
    func form(_ number: Int) -> [String: String] {
        let body = server.requests[number].split(separator: "\r\n\r\n").last ?? ""
        return Dictionary(
            body.split(separator: "&").map { field in
                let parts = field.split(separator: "=", omittingEmptySubsequences: false)
                return (String(parts[0]), decoded(parts.dropFirst().joined(separator: "=")))
            }, uniquingKeysWith: { $1 })
    }
}

extension Reply {
    /// An answer of the token endpoint, with more members behind the token.
    static func token(_ name: String = "t", _ more: String = "") -> Reply {
        .answer(200, #"{"token_type":"Bearer","expires_in":3600,"access_token":"\#(name)"\#(more)}"#)
    }

    static func graphError(_ status: Int, _ code: String, _ message: String = "No.", headers: [String] = []) -> Reply {
        .answer(status, #"{"error":{"code":"\#(code)","message":"\#(message)"}}"#, headers: headers)
    }
}

func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
            bytes.append(value)
            rest = rest.dropFirst(2)
        } else {
            bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
