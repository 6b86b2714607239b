import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Simulators

/// A plain HTTP client with a key, for looking at a simulated help desk from outside. It is not Foundation's: on Linux that
/// one never returns from a 401 that asks for Basic authentication.
struct DeskClient {
    let base: String
    var credentials = "simulated-key:simulated-code"

    struct Answer {
        let status: Int
        let headers: [String: String]
        let text: String

        var json: JSONValue { (try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))) ?? .string(text) }
    }

    init(_ desk: RunningHappyFox) {
        base = desk.baseURL
    }

    /// A target below the API's root, or one that begins with a slash.
    func send(
        _ method: String, _ target: String, _ body: String? = nil, type: String = "application/json"
    ) async throws -> Answer {
        let path = target.hasPrefix("/") ? target : "/api/1.1/json/" + target
        var request = HTTPClientRequest(url: base + path)
        request.method = HTTPMethod(rawValue: method)
        if let body {
            request.headers.add(name: "Content-Type", value: type)
            request.body = .bytes(ByteBuffer(string: body))
        }
        let encoded = Data(credentials.utf8).base64EncodedString()
        request.headers.add(name: "Authorization", value: "Basic \(encoded)")
        // Only a hang ends it: all suites at once keep a small machine busy for minutes.
        let response = try await HTTPClient.shared.execute(request, timeout: .minutes(10))
        let text = String(buffer: try await response.body.collect(upTo: 1 << 24))
        let fields = response.headers.map { ($0.name.lowercased(), $0.value) }
        return Answer(
            status: Int(response.status.code), headers: Dictionary(fields) { first, _ in first }, text: text)
    }

    func get(_ target: String) async throws -> Answer { try await send("GET", target) }

    func post(_ target: String, _ body: JSONValue) async throws -> Answer {
        try await send("POST", target, String(decoding: JSONEncoder().encode(body), as: UTF8.self))
    }
}

extension JSONValue {
    /// The elements of an array.
    var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// What a contact has in a custom field: `value` and `value_id`.
    func field(_ name: String) -> (value: JSONValue?, id: JSONValue?) {
        let entry = self["custom_fields"]?.elements.first { $0["name"]?.text == name }
        return (entry?["value"], entry?["value_id"])
    }

    /// The first error of the first field that a refusal names.
    var firstError: String? { self["error"]?.elements.first?["errors"]?.elements.first?.text }
}

/// JSON without the blanks between its tokens, for comparing a document's bytes with an answer's.
func compact(_ json: String) -> String {
    var isText = false
    var result = ""
    for character in json {
        if character == "\"" { isText.toggle() }
        if isText || !character.isWhitespace { result.append(character) }
    }
    return result
}

extension HappyFoxSimulator.Configuration {
    init(_ change: (inout Self) -> Void) {
        self.init()
        change(&self)
    }
}
