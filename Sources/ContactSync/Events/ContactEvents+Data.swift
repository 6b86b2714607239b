/// The bytes of the events that a first sync writes by the million: by hand, keys in canonical order.
extension ContactCreated {
    var data: [UInt8] { contact.eventData }
}

extension ContactAdded {
    var data: [UInt8] { contact.eventData }
}

extension ContactRead {
    var data: [UInt8] { contact.eventData }
}

extension ContactWriteRequested {
    var data: [UInt8] {
        switch self {
        case .create(let contact): contact.eventData
        case .update(let update): update.data
        }
    }

    package init(event json: JSONValue) throws(MalformedEvent) {
        self = json["changes"] == nil ? .create(try Contact(event: json)) : .update(try ContactUpdated(event: json))
    }
}

extension ContactUpdated {
    var data: [UInt8] {
        var json = CanonicalJSON()
        json.beginObject()
        json.key("adopts")
        json.bool(adopts)
        json.key("changes")
        json.beginArray()
        for change in changes {
            json.beginObject()
            json.key("field")
            json.string(change.field.text)
            json.key("new")
            json.write(change.new?.json ?? .null)
            json.key("old")
            json.write(change.old?.json ?? .null)
            json.endObject()
        }
        json.endArray()
        json.key("contact")
        json.integer(contact.rawValue)
        json.endObject()
        return json.bytes
    }

    package init(event json: JSONValue) throws(MalformedEvent) {
        guard let contact = json["contact"]?.integer, let adopts = json["adopts"]?.bool,
            let changes = json["changes"]?.array
        else { throw MalformedEvent() }
        self.init(contact: ContactID(rawValue: contact), adopts: adopts, changes: [])
        self = try ContactUpdated(
            contact: self.contact, adopts: adopts,
            changes: changes.map { (change) throws(MalformedEvent) in
                guard let field = change["field"]?.string.flatMap(ContactField.init(text:)) else {
                    throw MalformedEvent()
                }
                return ContactChange(
                    field, old: change["old"].flatMap(FieldValue.init), new: change["new"].flatMap(FieldValue.init))
            })
    }
}

extension ContactFailed {
    var data: [UInt8] {
        var json = CanonicalJSON()
        json.beginObject()
        if let contact {
            json.key("contact")
            json.integer(contact.rawValue)
        }
        json.key("email")
        json.string(email)
        json.key("reasons")
        json.write(.array(reasons.map(\.json)))
        json.endObject()
        return json.bytes
    }

    package init(event json: JSONValue) throws(MalformedEvent) {
        guard let email = json["email"]?.string, let reasons = json["reasons"]?.array else { throw MalformedEvent() }
        self.init(
            contact: json["contact"]?.integer.map(ContactID.init(rawValue:)), email: email,
            reasons: try reasons.map { (reason) throws(MalformedEvent) in try Reason(json: reason) })
    }
}

/// An event whose data does not hold what its type asks for.
package struct MalformedEvent: Error {}
