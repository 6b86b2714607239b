internal import HTTP

extension SignIn {
    /// Asks for a code to show to a person.
    package func startDeviceCode() async throws -> DeviceCode {
        let form: Form = [("client_id", clientID), ("scope", Scopes.delegated(endpoints))]
        let result: Result<DeviceCode, EntraError> = try await web.askSignIn(url("oauth2/v2.0/devicecode"), form) {
            DeviceCode($0.body).map { .value(.success($0)) } ?? .broken("no device code")
        } refused: {
            .failure($0.entraError)
        }
        return try result.get()
    }

    /// Waits until the person has entered the code and agreed. Cancelling the task ends the wait.
    ///
    /// - Throws: An `EntraError` when the person declined, or the code expired.
    package func finish(_ code: DeviceCode) async throws -> SignedIn {
        let form: Form = [
            ("client_id", clientID), ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("device_code", code.deviceCode.value), ("claims", TokenClaims.json()),
        ]
        var (interval, waited) = (code.interval, Duration.zero)
        while waited < code.lifetime {
            try await sleep(interval)
            waited += interval
            switch try await tokenEndpoint.answer(to: form) {
            case .token(let answer): return try await finish(answer, nonce: nil)
            case .refused(let failure):
                switch failure.error {
                case "authorization_pending": break
                // RFC 8628 section 3.5; not on Microsoft's list.
                case "slow_down": interval += .seconds(5)
                default: throw failure.deviceCodeError
                }
            }
        }
        throw EntraError.deviceCodeExpired
    }
}

extension TokenFailure {
    fileprivate var deviceCodeError: EntraError {
        let hints = ["authorize the tenant again"]
        switch error {
        case "authorization_declined", "access_denied":
            return EntraError(
                .authorizationRefused, "the sign-in was declined", hints: hints, aadsts: aadsts?.number,
                requestID: traceID, status: status)
        case "expired_token": return .deviceCodeExpired
        case "bad_verification_code":
            return EntraError(
                .unexpected, "the sign-in service does not know the code that it gave", hints: hints,
                aadsts: aadsts?.number, requestID: traceID, status: status)
        default: return entraError
        }
    }
}

extension EntraError {
    fileprivate static let deviceCodeExpired = EntraError(
        .authorizationRefused, "the code expired before anybody signed in with it",
        hints: ["authorize the tenant again, and enter the code soon"])
}
