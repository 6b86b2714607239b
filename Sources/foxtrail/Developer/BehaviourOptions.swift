import ArgumentParser
import Simulators

extension HappyFoxSimulator.PhonesOnEdit: ExpressibleByArgument {}
extension HappyFoxSimulator.LoginValues: ExpressibleByArgument {}
extension HappyFoxSimulator.BulkErrorKey: ExpressibleByArgument {}
extension HappyFoxSimulator.TimeStyle: ExpressibleByArgument {}
extension HappyFoxSimulator.ErrorShape: ExpressibleByArgument {}
extension HappyFoxSimulator.LargePages: ExpressibleByArgument {}
extension HappyFoxChoiceStyle: ExpressibleByArgument {}

/// What HappyFox's documentation leaves open, or says in two ways.
struct BehaviourOptions: ParsableArguments {
    @Option(help: "Of validation errors.") var validationStatus = 400
    @Option(help: "Of a bad key: 401 or 403.") var badKeyStatus = 401
    @Option(help: "Of what is not found; 200 has an error body.") var notFoundStatus = 404
    @Option(help: "A status, or accepted: an edit to another contact's address.") var duplicateEmail = "400"
    @Flag(help: "user/ID/ clears the custom fields that are not sent.") var resetOnEdit = false
    @Option(help: "What user/ID/ makes of phone numbers.")
    var phonesOnEdit = HappyFoxSimulator.PhonesOnEdit.accepted
    @Option(help: "What is_login_enabled may be.") var loginValues = HappyFoxSimulator.LoginValues.strings
    @Option(help: "How errors of fields are written.") var errorShape = HappyFoxSimulator.ErrorShape.list
    @Flag(help: "A number edited without its type keeps it instead of becoming other.") var keepPhoneType = false
    @Flag(help: "Lists begin with the newest contact.") var newestFirst = false
    @Option(help: "Where a bulk result has its errors.") var bulkErrorKey = HappyFoxSimulator.BulkErrorKey.error
    @Flag(help: "Bulk results come in another order.") var shuffleBulk = false
    @Option(help: "Every N-th bulk result is missing.") var omitBulk: Int?
    @Option(help: "What becomes of size above 50.") var largePages = HappyFoxSimulator.LargePages.clamped
    @Option(help: "The type of a dropdown field: choice or dropdown.") var dropdownType = "choice"
    @Option(help: "The type of a number field.") var numberType = "number"
    @Option(help: "The type of a date field.") var dateType = "date"
    @Option(help: "The type of a multiple-choice field.") var multipleChoiceType = "multiple_choice"
    @Option(help: "What value and value_id of a chosen entry hold.")
    var choiceStyle = HappyFoxChoiceStyle.labelAndID
    @Option(help: "How contacts show points in time.") var timeStyle = HappyFoxSimulator.TimeStyle.spaced
    @Flag(help: "Addresses that differ in case are different.") var matchEmailCase = false

    func apply(to behaviour: inout HappyFoxSimulator.Behaviour) throws {
        behaviour.validationStatus = try status(validationStatus)
        behaviour.badKeyStatus = try status(badKeyStatus)
        behaviour.notFoundStatus = try status(notFoundStatus)
        behaviour.duplicateEmailStatus =
            try duplicateEmail == "accepted" ? nil : status(Int(duplicateEmail) ?? 0, "'accepted' or ")
        behaviour.resetsFieldsOnEdit = resetOnEdit
        behaviour.phonesOnEdit = phonesOnEdit
        behaviour.loginValues = loginValues
        behaviour.errorShape = errorShape
        behaviour.resetsPhoneType = !keepPhoneType
        behaviour.listsNewestFirst = newestFirst
        behaviour.bulkErrorKey = bulkErrorKey
        behaviour.shufflesBulkResults = shuffleBulk
        behaviour.omitsBulkResult = omitBulk
        behaviour.largePages = largePages
        behaviour.choiceStyle = choiceStyle
        behaviour.timeStyle = timeStyle
        behaviour.matchesEmailCase = matchEmailCase
        behaviour.wireTypes.dropdown = dropdownType
        behaviour.wireTypes.number = numberType
        behaviour.wireTypes.date = dateType
        behaviour.wireTypes.multipleChoice = multipleChoiceType
    }

    private func status(_ status: Int, _ others: String = "") throws -> Int {
        guard (200...599).contains(status) else { throw Failure(.usage, "give \(others)a status from 200 to 599") }
        return status
    }
}
