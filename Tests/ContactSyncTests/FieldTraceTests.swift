@testable import ContactSync
import Testing

/// What is told of each field is what was decided.
struct FieldTraceTests {
    @Test(arguments: UInt64(1)...300)
    func `the traces of a record come to its decision`(seed: UInt64) throws {
        let given = DecideTwiceTests.given(seed)
        let rules = try given.rules
        let traces = rules.trace(try given.object, rules.contact(in: given.standing))
        switch try given.decide() {
        case .create(let email, let name, let phones, let fields):
            var contact = Contact(id: .unassigned, email: "", name: "")
            for change in traces.compactMap(\.change) { contact.apply(change) }
            #expect(contact == Contact(id: .unassigned, email: email, name: name, phones: phones, customFields: fields))
        case .update(_, let changes, _): #expect(traces.compactMap(\.change) == changes)
        case .fail(_, let reasons):
            let own = reasons.filter { if case .sameEmail = $0 { false } else { true } }
            #expect(Reason.inOrder(traces.flatMap(\.reasons)) == own)
        }
    }

    @Test func `a value of one's own is kept where nothing is overwritten`() throws {
        let contact = Contact.ann.with(fields: ["t": .text("by hand")])
        let given = Given(
            user: ["city": #""Ulm""#], mapped: ["t": "city"], fields: [.text("t")], overwrites: false,
            standing: Standing(linked: contact))
        let trace = try #require(try given.rules.trace(try given.object, contact).last)
        #expect(trace.rule == .fillsEmpty(.text("t")))
        #expect((trace.result, trace.old, trace.value) == (.kept, .text("by hand"), .text("Ulm")))
    }

    @Test func `a required field that is not mapped is told with its reason`() throws {
        let given = Given(fields: [.text("Region", required: true)])
        let trace = try #require(try given.rules.trace(try given.object, nil).last)
        #expect(trace.property == nil)
        #expect(trace.result == .failed([.requiredEmpty(field: "Region", property: nil)]))
    }
}

extension FieldTrace {
    fileprivate var reasons: [Reason] {
        if case .failed(let reasons) = result { reasons } else { [] }
    }

    fileprivate var change: ContactChange? {
        switch result {
        case .written(let value): ContactChange(field, old: old, new: value)
        case .cleared: ContactChange(field, old: old, new: nil)
        case .unchanged, .kept, .leftEmpty, .failed: nil
        }
    }
}
