/// One request: what to send, whom to send it to, and how messages name the service.
///
/// A request may be sent more than once (see `RetryPolicy`), so it must be one that can be repeated, or the client one
/// with the policy `single`.
package struct WebRequest: Sendable {
    /// The verbs that our far ends understand.
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    /// What is sent, with the content type that goes with it.
    package enum Body: Sendable {
        case none
        /// `application/x-www-form-urlencoded`, in this order.
        case form([(name: String, value: String)])
        /// `application/json`.
        case json([UInt8])
        /// Bytes of any other content type.
        case data([UInt8], type: String)
    }

    /// GET or POST.
    package let method: Method
    /// Absolute, sent as it stands.
    package let url: String
    /// The far end in a person's words, such as "graph"; used in messages and waits.
    package let service: String
    /// Sent as they stand, besides those of framing, compression and content type.
    package var headers: [(name: String, value: String)]
    /// Nothing, for GET.
    package var body: Body

    /// A request to `url`, named after `service` in messages.
    package init(
        _ method: Method, _ url: String, service: String,
        headers: [(name: String, value: String)] = [], body: Body = .none
    ) {
        self.method = method
        self.url = url
        self.service = service
        self.headers = headers
        self.body = body
    }

    var contentType: String? {
        switch body {
        case .none: nil
        case .form: "application/x-www-form-urlencoded"
        case .json: "application/json"
        case .data(_, let type): type
        }
    }

    var bodyBytes: [UInt8]? {
        switch body {
        case .none: nil
        case .form(let fields):
            Array(PercentEncoding.form(fields).utf8)
        case .json(let bytes), .data(let bytes, _): bytes
        }
    }
}

/// Headers, bodies and queries can hold secrets, so no way of printing a request shows them.
extension WebRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(method.rawValue) \(url.prefix { $0 != "?" })" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["request": description]) }
}
