import Simulators
import Testing

/// Each question that the documentation leaves open, answered in every way.
@Suite struct BehaviourTests {
    static let ann = HappyFoxContact(
        id: 1, name: "Ann", email: "ann@example.com", phones: [.init(id: 1, type: "w", number: "1")],
        fields: ["Badge": "B-1", "Region": "APAC", "Languages": ["German", "French"]])

    /// A desk with Ann, asked once.
    func answer(
        _ method: String, _ target: String, _ body: String? = nil, credentials: String? = nil,
        _ change: (inout HappyFoxSimulator.Behaviour) -> Void
    ) async throws -> (DeskClient.Answer, HappyFoxContact?) {
        let configuration = HappyFoxSimulator.Configuration {
            $0.existing = [Self.ann, HappyFoxContact(id: 2, name: "Ben", email: "ben@example.com")]
            change(&$0.behaviour)
        }
        return try await HappyFoxSimulator.with(configuration) { desk in
            var client = DeskClient(desk)
            if let credentials { client.credentials = credentials }
            return (try await client.send(method, target, body), desk.contact(id: 1))
        }
    }

    @Test(arguments: [200, 400, 422])
    func `validation errors have any status`(status: Int) async throws {
        let (answer, _) = try await answer("POST", "users/", "{}") { $0.validationStatus = status }
        #expect(answer.status == status && answer.json.firstError == "This field is required.")
    }

    @Test(arguments: [401, 403], ["simulated-key:wrong", "wrong:simulated-code", ""])
    func `a bad key has either status`(status: Int, credentials: String) async throws {
        let (answer, _) = try await answer("GET", "staff/", credentials: credentials) { $0.badKeyStatus = status }
        #expect(answer.status == status && answer.json["error"] != nil)
    }

    @Test(arguments: [404, 200, 400], ["user/99/", "user/nobody@example.com/", "contact_group/99/"])
    func `what is not found has any status`(status: Int, target: String) async throws {
        let (answer, _) = try await answer("GET", target) { $0.notFoundStatus = status }
        #expect(answer.status == status && answer.json["error"]?.text?.hasSuffix("does not exist.") == true)
    }

    @Test(arguments: [400, 409, nil])
    func `the address of another contact is refused or accepted`(status: Int?) async throws {
        let (answer, contact) = try await answer("POST", "user/1/", #"{"email":"ben@example.com"}"#) {
            $0.duplicateEmailStatus = status
        }
        #expect(answer.status == status ?? 200)
        #expect(contact?.email == (status == nil ? "ben@example.com" : "ann@example.com"))
    }

    @Test(arguments: [false, true])
    func `an edit keeps or clears what it does not send`(resets: Bool) async throws {
        let (_, contact) = try await answer("POST", "user/1/", #"{"c-cf-5":7}"#) { $0.resetsFieldsOnEdit = resets }
        #expect(contact?.fields["Region"] == "EMEA")
        #expect(contact?.fields["Badge"] == (resets ? nil : "B-1"))
    }

    @Test(arguments: [
        (HappyFoxSimulator.PhonesOnEdit.accepted, 200, "2"), (.ignored, 200, "1"), (.refused, 400, "1"),
    ])
    func `an edit takes numbers or not`(
        policy: HappyFoxSimulator.PhonesOnEdit, status: Int, number: String
    ) async throws {
        let (answer, contact) = try await answer("POST", "user/1/", #"{"phones":[{"id":1,"number":"2"}]}"#) {
            $0.phonesOnEdit = policy
        }
        #expect(answer.status == status && contact?.phones.map(\.number) == [number])
    }

    @Test(arguments: HappyFoxSimulator.LoginValues.allCases, ["\"FALSE\"", "false"])
    func `a login is switched by a text, a boolean or both`(
        accepted: HappyFoxSimulator.LoginValues, value: String
    ) async throws {
        let (answer, contact) = try await answer("POST", "user/1/", "{\"is_login_enabled\":\(value)}") {
            $0.loginValues = accepted
        }
        let isGood = accepted == .both || (accepted == .strings) == value.hasPrefix("\"")
        #expect(answer.status == (isGood ? 200 : 400) && contact?.isLoginEnabled == !isGood)
    }

    @Test func `a page that is too large is cut or refused`() async throws {
        for policy in HappyFoxSimulator.LargePages.allCases {
            let (answer, _) = try await answer("GET", "users/?size=51") { $0.largePages = policy }
            #expect(answer.status == (policy == .clamped ? 200 : 400))
        }
    }

    @Test func `choices are shown in every way`() async throws {
        let expected: [(HappyFoxChoiceStyle, [JSONValue?])] = [
            (.labelAndID, ["APAC", 3, ["German", "French"], [22, 27]]), (.idInBoth, [3, 3, [22, 27], [22, 27]]),
            (.labelOnly, ["APAC", .null, ["German", "French"], .null]),
        ]
        for (style, values) in expected {
            let (answer, _) = try await answer("GET", "user/1/") { $0.choiceStyle = style }
            let (region, languages) = (answer.json.field("Region"), answer.json.field("Languages"))
            #expect([region.value, region.id, languages.value, languages.id] == values)
            #expect(answer.json.field("Badge").value == "B-1" && answer.json.field("Badge").id == JSONValue.null)
        }
    }

    @Test func `kinds of fields have any name on the wire`() async throws {
        let (usual, _) = try await answer("GET", "user_custom_fields/") { _ in }
        #expect(
            usual.json.elements.map { $0["type"] }
                == ["text", "number", "choice", "text", "multiple_choice", "date", "colour-picker"])
        let (other, _) = try await answer("GET", "user_custom_fields/") {
            $0.wireTypes.dropdown = "dropdown"
            $0.wireTypes.number = "decimal"
            $0.wireTypes.multipleChoice = "multi"
            $0.wireTypes.date = "day"
        }
        #expect(
            other.json.elements.map { $0["type"] }
                == ["text", "decimal", "dropdown", "text", "multi", "day", "colour-picker"])
    }

    @Test(arguments: [false, true])
    func `addresses that differ in case are one contact or two`(matchesCase: Bool) async throws {
        let (answer, _) = try await answer("POST", "users/", #"{"email":"ANN@example.com","name":"Ann"}"#) {
            $0.matchesEmailCase = matchesCase
        }
        #expect(answer.json["id"] == (matchesCase ? 3 : 1))
    }

    @Test func `errors are written in every way`() async throws {
        let expected: [(HappyFoxSimulator.ErrorShape, JSONValue)] = [
            (.list, [["errors": ["This field is required."], "field": "name"]]),
            (.object, ["name": ["This field is required."]]), (.text, "name: This field is required."),
        ]
        for (shape, error) in expected {
            let (single, _) = try await answer("POST", "users/", #"{"email":"c@d.example"}"#) { $0.errorShape = shape }
            #expect(single.json["error"] == error)
            let (bulk, _) = try await answer("POST", "users/", #"[{"email":"c@d.example"}]"#) { $0.errorShape = shape }
            #expect(bulk.json.elements.first?["error"] == error)
        }
    }

    @Test(arguments: [false, true])
    func `a number edited without its type keeps it or not`(resets: Bool) async throws {
        let (_, contact) = try await answer("POST", "user/1/", #"{"phones":[{"id":1,"number":"2"}]}"#) {
            $0.resetsPhoneType = resets
        }
        #expect(contact?.phones == [.init(id: 1, type: resets ? "o" : "w", number: "2")])
    }

    @Test(arguments: [false, true])
    func `a list begins with the oldest contact or with the newest`(newest: Bool) async throws {
        let (answer, _) = try await answer("GET", "users/") { $0.listsNewestFirst = newest }
        #expect(answer.json["data"]?.elements.map { $0["id"] } == (newest ? [2, 1] : [1, 2]))
    }

    @Test func `points in time are spelled in every way`() async throws {
        for (style, text) in [
            (HappyFoxSimulator.TimeStyle.spaced, "1970-01-02 00:00:01"), (.iso, "1970-01-02T00:00:01Z"), (.null, nil),
        ] {
            let configuration = HappyFoxSimulator.Configuration {
                $0.behaviour.timeStyle = style
                $0.now = { 86_401_000 }
            }
            try await HappyFoxSimulator.with(configuration) { desk in
                let made = try await DeskClient(desk).post("users/", ["email": "a@b.example", "name": "A"])
                #expect(made.json["created_at"]?.text == text && made.json["updated_at"]?.text == text)
            }
        }
    }
}
