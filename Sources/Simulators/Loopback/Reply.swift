/// What a simulator answers, as data. The server performs it, so that every answer can be made and looked at without a socket.
struct Reply: Sendable {
    /// How much of the answer reaches the client.
    enum Delivery: Sendable {
        case whole
        /// The connection is closed instead of an answer.
        case dropBeforeHead
        /// The head is sent, then the connection is closed.
        case dropAfterHead
        /// Half of the body is sent, then the connection is closed, though the head promised all of it.
        case truncated
    }

    var status: Int
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    var delivery = Delivery.whole
    var delay = Duration.zero

    /// A JSON body; the content type is the plain one, Graph replaces it by its own.
    static func json(_ value: JSONValue, status: Int = 200) -> Reply {
        var writer = JSONWriter()
        writer.write(value)
        return .json(bytes: writer.bytes, status: status)
    }

    static func json(bytes: [UInt8], status: Int = 200) -> Reply {
        Reply(status: status, headers: [("Content-Type", "application/json; charset=utf-8")], body: bytes)
    }

    static func text(_ text: String, type: String = "text/plain", status: Int = 200) -> Reply {
        Reply(status: status, headers: [("Content-Type", type)], body: Array(text.utf8))
    }

    func with(_ name: String, _ value: String?) -> Reply {
        guard let value else { return self }
        var reply = self
        reply.headers.removeAll { $0.name.lowercased() == name.lowercased() }
        reply.headers.append((name, value))
        return reply
    }
}
