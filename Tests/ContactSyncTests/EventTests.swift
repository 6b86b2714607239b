import ContactSync
import Testing

struct EventTests {
    private struct Line {
        let type: EventType
        let data: [UInt8]
    }

    private func lines() throws -> [Line] {
        try writtenEvents.split(separator: "\n").map { line in
            let parts = line.split(separator: "\t", maxSplits: 1)
            try #require(parts.count == 2)
            return Line(type: try #require(EventType(rawValue: String(parts[0]))), data: Array(parts[1].utf8))
        }
    }

    @Test(arguments: EventType.allCases)
    func `an event type has a written line and a sample`(type: EventType) throws {
        #expect(try lines().contains { $0.type == type })
        #expect(try sampleEvents().contains { $0.type == type })
    }

    @Test func `what was ever written is read and gives the very bytes again`() throws {
        for line in try lines() {
            let event = try Event(line.type, data: line.data)
            #expect(event.type == line.type)
            #expect(text(try event.data()) == text(line.data))
        }
    }

    @Test func `what is written now is read and gives the very bytes again`() throws {
        for event in try sampleEvents() {
            let data = try event.data()
            #expect(try Event(event.type, data: data).data() == data, "\(event.type)")
        }
    }

    @Test func `the data of an event is JSON`() throws {
        for event in try sampleEvents() {
            #expect(try JSONValue(parsing: event.data()).members != nil, "\(event.type)")
        }
    }

    @Test func `a contact's events come back with everything in them`() throws {
        for event in try sampleEvents() {
            switch (event, try Event(event.type, data: event.data())) {
            case (.contactCreated(let before), .contactCreated(let after)): #expect(before == after)
            case (.contactAdded(let before), .contactAdded(let after)): #expect(before == after)
            case (.contactUpdated(let before), .contactUpdated(let after)): #expect(before == after)
            case (.contactFailed(let before), .contactFailed(let after)): #expect(before == after)
            default: break
            }
        }
    }

    @Test func `a key that a later version adds is passed over`() throws {
        let event = try Event(.agentRemoved, data: Array(#"{"agent":1,"later":true}"#.utf8))
        #expect(text(try event.data()) == #"{"agent":1}"#)
    }

    @Test(arguments: [
        EventType.contactCreated, .contactUpdated, .contactFailed, .contactAdded, .agentRemoved, .syncStarted,
        .userRemoved,
    ])
    func `data without what the type asks for is refused`(type: EventType) {
        #expect(throws: (any Error).self) { try Event(type, data: Array("{}".utf8)) }
    }
}
