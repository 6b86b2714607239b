import ContactSync
import Testing

struct UserObjectTests {
    @Test(arguments: ["", "[]", "1", "{", #"{"a":}"#, #"{"a":1,}"#])
    func `what is no object is no user`(json: String) { #expect(throws: JSONError.self) { try user(json) } }

    @Test(arguments: [
        (#"{"id":"8f-1"}"#, "8f-1"), (#"{"\u0069d":"x"}"#, "x"), (#"{"id":"a","id":"b"}"#, "b"), ("{}", nil),
        (#"{"id":5}"#, nil), (#"{"id":""}"#, nil), (#"{"id":"a/b"}"#, nil), (#"{"id":"a b"}"#, nil),
        (#"{"id":null}"#, nil),
    ])
    func `an id is what can be one`(json: String, id: String?) throws { #expect(try user(json).id == id) }

    @Test(arguments: [
        (#"{"@removed":{"reason":"changed"}}"#, "changed"), (#"{"@removed":{"reason":"deleted"}}"#, "deleted"),
        (#"{"@removed":{}}"#, "unknown"), ("{}", nil),
    ])
    func `a removal says why`(json: String, reason: String?) throws { #expect(try user(json).removal == reason) }

    @Test(arguments: [
        (#"{"a":1,"b":2}"#, #"{"b":3}"#, #"{"a":1,"b":3}"#),
        (#"{"a":1}"#, #"{"b":2}"#, #"{"a":1,"b":2}"#),
        (#"{"a":1,"b":2}"#, #"{"b":null}"#, #"{"a":1,"b":null}"#),
        (#"{"a":1}"#, #"{"a":2,"b":3}"#, #"{"a":2,"b":3}"#),
        (#"{"a":null}"#, #"{"b":3}"#, #"{"b":3}"#),
        (#"{"a":{"x":1,"y":2},"b":0}"#, #"{"a":{"x":3}}"#, #"{"b":0,"a":{"x":3}}"#),
        (#"{"\u0061":1,"b":2}"#, #"{"a":3}"#, #"{"b":2,"a":3}"#),
        (#"{"a":1}"#, "{}", #"{"a":1}"#),
    ])
    func `a later object is laid over an earlier one`(old: String, changes: String, merged: String) throws {
        #expect(text(try user(old).overlaid(by: user(changes)).bytes) == merged)
    }

    @Test(arguments: [
        (#"{"a":1,"b":2}"#, #"{"a":9}"#, true), (#"{"a":1}"#, #"{"a":9,"b":2}"#, false),
        (#"{"a":1}"#, #"{"b":null}"#, true),
        (#"{"a":null}"#, #"{"a":1}"#, true), ("{}", #"{"@odata.type":"x"}"#, true), ("{}", "{}", true),
    ])
    func `an object covers another that holds nothing else`(one: String, other: String, covers: Bool) throws {
        #expect(try user(one).covers(user(other)) == covers)
    }

    @Test(arguments: [
        (#"{"a":1,"b":"x"}"#, #"{"b":"x","a":1}"#, true), (#"{"a":1}"#, #"{ "a" : 1 }"#, true),
        (#"{"a":1,"b":null}"#, #"{"a":1}"#, true), (#"{"@odata.id":"x","a":1}"#, #"{"@odata.id":"y","a":1}"#, true),
        (#"{"a":"é"}"#, #"{"a":"\u00e9"}"#, true), (#"{"a":{"x":1,"y":2}}"#, #"{"a":{"y":2,"x":1}}"#, true),
        (#"{"a":1}"#, #"{"a":2}"#, false), (#"{"a":1}"#, "{}", false), (#"{"a":[1,2]}"#, #"{"a":[2,1]}"#, false),
        (#"{"a":""}"#, "{}", false), (#"{"a":"1"}"#, #"{"a":1}"#, false),
    ])
    func `two objects say the same without regard to order and spelling`(one: String, other: String, same: Bool) throws
    {
        #expect(try user(one).saysTheSame(as: user(other)) == same)
        #expect(try user(other).saysTheSame(as: user(one)) == same)
    }
}
