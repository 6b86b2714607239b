import ContactSync

@testable import HappyFox

/// One field of each kind, as an account defines them.
enum Samples {
    static let fields = [
        FieldDefinition(name: "Department", type: .text, id: 4),
        FieldDefinition(name: "Employee number", type: .number, id: 13),
        FieldDefinition(
            name: "Region", type: .dropdown, choices: ["EMEA", "APAC", "Asia, other"], id: 5, choiceIDs: [7, 3, 12]),
        FieldDefinition(
            name: "Languages", type: .multipleChoice, choices: ["English", "German"], id: 21, choiceIDs: [31, 22]),
        FieldDefinition(name: "Birthday", type: .date, id: 17),
        FieldDefinition(name: "Colour", type: .other("colour-picker"), id: 30),
    ]

    /// A contact with something in every field, and three phones.
    static let full = #"""
        {"id":4,"name":"Ann","email":"ann@a.example","primary_phone":{"type":"w","number":"1","id":9},
         "phones":[{"type":"w","number":"0","id":8},{"type":"w","number":"1","id":9},{"type":"fax","number":"2","id":7}],
         "custom_fields":[
          {"id":4,"name":"Department","type":"text","value":"Sales","value_id":null},
          {"id":13,"name":"Employee number","type":"number","value":5.5,"value_id":null},
          {"id":5,"name":"Region","type":"choice","value":"APAC","value_id":3},
          {"id":21,"name":"Languages","type":"multiple_choice","value":["English","German"],"value_id":[31,22]},
          {"id":17,"name":"Birthday","type":"date","value":"1990-02-03","value_id":null},
          {"id":30,"name":"Colour","type":"colour-picker","value":"#aabbcc","value_id":null},
          {"id":99,"name":"Department","type":"text","value":"of the same name","value_id":null}]}
        """#

    static func contact(_ text: String = full) throws -> HappyFoxContact? { HappyFoxContact(try json(text)) }
}
