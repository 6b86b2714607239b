import Simulators

/// One reading of the documentation that the client has to get along with.
struct Reading: Sendable, CustomStringConvertible {
    let description: String
    let behaviour: HappyFoxSimulator.Behaviour

    init(_ name: String, _ change: (inout HappyFoxSimulator.Behaviour) -> Void = { _ in }) {
        description = name
        var behaviour = HappyFoxSimulator.Behaviour()
        change(&behaviour)
        self.behaviour = behaviour
    }

    /// Every switch of the simulator, one at a time, and then many at once.
    static let all: [Reading] =
        [Reading("as documented")]
        + [200, 400, 409, 422].map { status in
            Reading("validation errors are \(status)") { $0.validationStatus = status }
        }
        + [200, 400, 404, 410].map { status in Reading("not found is \(status)") { $0.notFoundStatus = status } }
        + [nil, 200, 409].map { status in
            Reading("a taken address is \(status.map(String.init) ?? "accepted")") { $0.duplicateEmailStatus = status }
        }
        + HappyFoxSimulator.PhonesOnEdit.allCases.map { value in
            Reading("phones on an edit are \(value)") { $0.phonesOnEdit = value }
        }
        + HappyFoxSimulator.LoginValues.allCases.map { value in
            Reading("logins are \(value)") { $0.loginValues = value }
        }
        + HappyFoxSimulator.BulkErrorKey.allCases.map { value in
            Reading("bulk results have \(value)") { $0.bulkErrorKey = value }
        }
        + HappyFoxSimulator.TimeStyle.allCases.map { value in Reading("times are \(value)") { $0.timeStyle = value } }
        + HappyFoxSimulator.LargePages.allCases.map { value in
            Reading("large pages are \(value)") { $0.largePages = value }
        }
        + HappyFoxChoiceStyle.allCases.map { value in Reading("choices are \(value)") { $0.choiceStyle = value } }
        + [
            Reading("an edit resets fields") { $0.resetsFieldsOnEdit = true },
            Reading("bulk results are shuffled") { $0.shufflesBulkResults = true },
            Reading("every third bulk result is missing") { $0.omitsBulkResult = 3 },
            Reading("429 tells how long") { $0.sendsRetryAfter = true },
            Reading("addresses differ by case") { $0.matchesEmailCase = true },
            Reading("other words for types") {
                $0.wireTypes.dropdown = "dropdown"
                $0.wireTypes.number = "integer"
                $0.wireTypes.date = "Date"
                $0.wireTypes.multipleChoice = "multi-select"
            },
            Reading("everything at once") {
                $0.validationStatus = 200
                $0.notFoundStatus = 200
                $0.duplicateEmailStatus = 200
                $0.resetsFieldsOnEdit = true
                $0.phonesOnEdit = .refused
                $0.bulkErrorKey = .errors
                $0.shufflesBulkResults = true
                $0.choiceStyle = .labelOnly
            },
        ]
}
