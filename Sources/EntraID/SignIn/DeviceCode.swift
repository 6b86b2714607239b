internal import ContactSync

/// A code that a person enters on any device (learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code).
package struct DeviceCode: Sendable {
    /// What the person enters.
    package let userCode: String
    /// Where the person enters it.
    package let verificationURI: String
    /// Both in a sentence of Microsoft's.
    package let message: String
    /// How long the code is good.
    package let lifetime: Duration
    /// How long to wait between two polls, at least.
    package let interval: Duration
    let deviceCode: Secret

    /// - Returns: Nil for a body that is not such an answer.
    init?(_ body: [UInt8]) {
        guard let json = try? JSONValue(parsing: body), let deviceCode = json["device_code"]?.string,
            let userCode = json["user_code"]?.string, let verificationURI = json["verification_uri"]?.string
        else { return nil }
        self.deviceCode = Secret(deviceCode)
        self.userCode = userCode
        self.verificationURI = verificationURI
        message = json["message"]?.string ?? "open \(verificationURI) and enter the code \(userCode)"
        lifetime = .seconds(DeviceCode.seconds(json["expires_in"], 1...86_400) ?? 900)
        // RFC 8628 section 3.2 gives the value that counts where none is named.
        interval = .seconds(DeviceCode.seconds(json["interval"], 1...3_600) ?? 5)
    }

    private static func seconds(_ json: JSONValue?, _ range: ClosedRange<Int64>) -> Int64? {
        // A number by the standard; some gateways quote it.
        (json?.integer ?? json?.string.flatMap(Int64.init)).flatMap { range.contains($0) ? $0 : nil }
    }
}
