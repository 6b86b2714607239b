extension HappyFoxSimulator {
    /// One way to read the documentation. Each member is a question which no published page answers, or which two answer
    /// differently; a client has to get along with every combination.
    package struct Behaviour: Sendable {
        /// Of validation errors; KB 1092 prints an empty pair of brackets for it. 200 is possible.
        package var validationStatus = 400
        /// Of a wrong, revoked or disabled key.
        package var badKeyStatus = 401
        /// Of a contact or a group that there is not; 200 comes with the same error body.
        package var notFoundStatus = 404
        /// Of an edit that gives a contact the address of another; nil accepts it.
        package var duplicateEmailStatus: Int? = 400
        /// Whether `user/<id>/` clears the custom fields that are not sent, as `users/` does.
        package var resetsFieldsOnEdit = false
        /// What `user/<id>/` makes of `phones`: KB 1092 forbids it in one section and shows it in another.
        package var phonesOnEdit = PhonesOnEdit.accepted
        /// What `is_login_enabled` may be.
        package var loginValues = LoginValues.strings
        /// How errors of fields are written; KB 1092 has lists, KB 1039 and KB 1201 have objects as well.
        package var errorShape = ErrorShape.list
        /// Whether a number that is edited without its `type` becomes `o`, the documented default, or keeps its own.
        package var resetsPhoneType = true
        /// Lists begin with the newest contact, so that one that is added moves all others on.
        package var listsNewestFirst = false
        /// Where a bulk result has its errors: `error` as for tickets (KB 1039), `errors` as for group members (KB 1092).
        package var bulkErrorKey = BulkErrorKey.error
        /// Bulk results come in another order than the contacts were sent in.
        package var shufflesBulkResults = false
        /// Every so manieth bulk result is missing, though the contact was written.
        package var omitsBulkResult: Int?
        /// Whether a 429 says how long to wait, in a header.
        package var sendsRetryAfter = false
        /// What the body of a 429 is.
        package var throttleBody = ThrottleBody.message
        /// What becomes of `size` above 50.
        package var largePages = LargePages.clamped
        /// The words that stand for kinds of fields.
        package var wireTypes = HappyFoxWireTypes()
        /// How contacts show choices.
        package var choiceStyle = HappyFoxChoiceStyle.labelAndID
        /// How contacts show points in time.
        package var timeStyle = TimeStyle.spaced
        /// Whether addresses that differ in case belong to different contacts.
        package var matchesEmailCase = false

        /// The documented behaviour, and for the rest what seems most likely.
        package init() {}
    }

    /// What becomes of phone numbers where they may not be expected.
    package enum PhonesOnEdit: String, Sendable, CaseIterable {
        case accepted, ignored, refused
    }

    /// How a login may be switched: KB 1092 shows the texts `TRUE` and `FALSE`.
    package enum LoginValues: String, Sendable, CaseIterable {
        case strings, booleans, both
    }

    /// The name of the member with a bulk result's errors.
    package enum BulkErrorKey: String, Sendable, CaseIterable {
        case error, errors
    }

    /// `2026-08-13 21:24:29`, `2026-08-13T21:24:29Z`, or nothing.
    package enum TimeStyle: String, Sendable, CaseIterable {
        case spaced, iso, null
    }

    /// `[{"field": ..., "errors": [...]}]`, `{"field": [...]}`, or one sentence.
    package enum ErrorShape: String, Sendable, CaseIterable {
        case list, object, text
    }

    /// JSON, JSON with the seconds to wait in its message, or that message as plain text. hfox, a public client, looks for the
    /// seconds.
    package enum ThrottleBody: String, Sendable, CaseIterable {
        case message, wait, text
    }

    /// What becomes of a page that is too large.
    package enum LargePages: String, Sendable, CaseIterable {
        case clamped, refused
    }
}
