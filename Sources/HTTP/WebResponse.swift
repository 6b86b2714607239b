/// A whole response: a body that ended early never becomes one.
package struct WebResponse: Sendable {
    /// Any final status: redirects and errors are for the caller to judge.
    package let status: Int
    /// In the order in which they came.
    package let headers: [(name: String, value: String)]
    /// Decompressed, at most `WebSettings.maximumBody` bytes.
    package let body: [UInt8]

    /// A response as it came, or as a test writes it.
    package init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value of a header; names compare without regard to case.
    package func header(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name.lowercased() == name }?.value
    }

    /// Every value of a header that may come more than once.
    package func headers(_ name: String) -> [String] {
        let name = name.lowercased()
        return headers.filter { $0.name.lowercased() == name }.map(\.value)
    }

    /// The server's clock when it answered, in seconds since 1970.
    package var date: Int64? { header("Date").flatMap(HTTPDate.seconds) }
}

/// What a caller makes of a response that HTTP itself has no complaint about.
package enum Reading<Value> {
    case value(Value)
    /// The body is not what it must be (cut off, not JSON): counts as a dropped connection and is tried again.
    case broken(String)
    /// The service says in the body that the trouble will pass: tried again like a 503.
    case busy(String)
}

extension Reading: Sendable where Value: Sendable {}
