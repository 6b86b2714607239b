import Simulators
import Testing

@Suite struct DeviceTests {
    private struct Device {
        let flow: CodeFlow
        let start: JSONValue

        init(_ simulator: RunningSimulator) async throws {
            flow = CodeFlow(browser: Browser(base: simulator.baseURL), clientID: simulator.configuration.clientID)
            start = try await Client(base: simulator.baseURL, token: nil).send(
                "POST", "/organizations/oauth2/v2.0/devicecode",
                body: Browser.encoded(["client_id": flow.clientID, "scope": flow.scope]),
                type: "application/x-www-form-urlencoded"
            ).json
        }

        func poll() async throws -> Client.Answer {
            try await flow.token([
                "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
                "device_code": start["device_code"]?.text ?? "",
            ])
        }

        func decide(_ button: [String: String]) async throws -> Browser.Page {
            let first = try await flow.browser.open("/devicelogin")
            let code = start["user_code"]?.text?.lowercased() ?? ""
            return try await flow.browser.press(try await flow.browser.press(first, ["code": code]), button)
        }
    }

    @Test func `a person lets a device in`() async throws {
        try await EntraSimulator.with { simulator in
            let device = try await Device(simulator)
            #expect(device.start["interval"] == 5 && device.start["verification_uri_complete"] == nil)
            #expect(try await device.poll().json["error"] == "authorization_pending")
            simulator.setFaults([Fault(.slowDown, at: [1])])
            #expect(try await device.poll().json["error"] == "slow_down")
            #expect(try await device.decide(["user": simulator.id(ofUserAt: 1)]).text.contains("You have signed in"))
            let answer = try await device.poll()
            #expect(answer.status == 200 && answer.json["id_token"] != nil && answer.json["refresh_token"] != nil)
            #expect(try await device.poll().json["error"] == "bad_verification_code")
        }
    }

    @Test func `a device is declined, and a code is good only for its time`() async throws {
        try await EntraSimulator.with { simulator in
            let device = try await Device(simulator)
            _ = try await device.decide(["decline": "1"])
            #expect(try await device.poll().json["error"] == "authorization_declined")
            let page = try await device.flow.browser.open("/devicelogin")
            #expect(try await device.flow.browser.press(page, ["code": "WRONG"]).text.contains("AADSTS70018"))
        }
        var configuration = EntraSimulator.Configuration()
        configuration.deviceCodeLifetime = 0
        try await EntraSimulator.with(configuration) { simulator in
            let answer = try await Device(simulator).poll()
            #expect(answer.json["error"] == "expired_token")
        }
    }
}
