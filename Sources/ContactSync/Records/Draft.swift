/// What a mapping makes of one user, before any contact is looked at.
package struct Draft: Equatable, Sendable {
    package enum Field: Equatable, Sendable {
        case value(FieldValue)
        case empty
        /// Does not fit; the reason is among `reasons`.
        case unfit
    }

    /// Nil where it is missing or no address.
    package var email: String?
    /// What stood in the mapped property, for the report's e-mail column of a failed record.
    package var shownEmail: String
    package var name: String?
    package var phones: [(type: PhoneType, number: String)]
    package var fields: [(name: String, property: String, value: Field)]
    /// In the order of the rules; none where the user alone gives no cause to fail.
    package var reasons: [Reason]

    package static func == (left: Draft, right: Draft) -> Bool {
        left.email == right.email && left.shownEmail == right.shownEmail && left.name == right.name
            && left.reasons == right.reasons
            && left.phones.elementsEqual(right.phones, by: ==) && left.fields.elementsEqual(right.fields, by: ==)
    }
}
