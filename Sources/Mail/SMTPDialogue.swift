/// What both sides have said so far while one message is sent (RFC 5321): told line by line, and asked at the end what
/// became of it. Lines that carry a password come by too, and none of what we send is kept.
struct SMTPDialogue {
    enum Step: Equatable {
        case connection, greeting, encryption, authentication, sender, recipient, data
        /// The first byte of the message has been handed over.
        case message
    }

    private(set) var step = Step.connection
    /// The server's answer to the step; nil before it came.
    private(set) var reply: SMTPReply?
    /// Survives the message: a connection is authenticated once.
    private(set) var isAuthenticated = false
    private var isReplyOpen = false
    /// We have said QUIT: whatever the server says to that is not about the message.
    private var isOver = false

    /// A connection that is used again begins at the sender.
    mutating func begin() {
        isOver = false
        enter(.connection)
    }

    private mutating func enter(_ next: Step) { (step, reply, isReplyOpen) = (next, nil, false) }

    mutating func sent(_ line: some Collection<UInt8>) {
        if line.elementsEqual("QUIT".utf8) { isOver = true }
        guard let next = SMTPDialogue.step(of: line) else { return }
        if next == .greeting { (isAuthenticated, isOver) = (false, false) }
        if !isOver { enter(next) }
    }

    private static func step(of line: some Collection<UInt8>) -> Step? {
        let verbs: [(String, Step)] = [
            ("EHLO ", .greeting), ("HELO ", .greeting), ("STARTTLS", .encryption), ("AUTH ", .authentication),
            ("MAIL FROM:", .sender), ("RCPT TO:", .recipient), ("DATA", .data),
        ]
        return verbs.first { verb, _ in
            // No line of a login looks like one: encoded passwords hold no blank and no colon.
            verb.hasSuffix(" ") || verb.hasSuffix(":") ? line.starts(with: verb.utf8) : line.elementsEqual(verb.utf8)
        }?.1
    }

    mutating func messageBegins() {
        if step != .message { enter(.message) }
    }

    mutating func received(_ line: some Collection<UInt8>) {
        let digits = line.prefix(3)
        guard !isOver, digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let code = Int(String(decoding: digits, as: UTF8.self))
        else { return }
        let rest = line.dropFirst(3)
        let words = HeaderText.oneLine(String(decoding: rest.dropFirst(), as: UTF8.self))
        if isReplyOpen, let reply {
            self.reply = SMTPReply(code: code, words: "\(reply.words) \(words)")
        } else {
            reply = SMTPReply(code: code, words: words)
        }
        isReplyOpen = rest.first == UInt8(ascii: "-")
        if step == .authentication, code == 235 { isAuthenticated = true }
    }
}
