import EntraID

/// An administrator's consent, which the app needs before it can read.
struct Consent {
    let endpoints: Endpoints
    let tenant: String
    let clientID: String

    /// What to do where nobody waits for the answer.
    var hints: [String] {
        // Nobody listens there: the browser's complaint about it comes after the consent.
        let consent = request(redirectURI: "http://localhost")
        return [
            "let an administrator of the tenant open this address and accept: \(consent.url)",
            "the page that cannot be shown after that does no harm; then run this command again, after some minutes",
            "with --consent the command waits for the administrator itself",
        ]
    }

    /// Waits until an administrator has agreed in a browser of this machine.
    func wait() async throws {
        try await RedirectListener.run(timeout: PersonSignIn.patience) { listener in
            let consent = request(redirectURI: listener.redirectURI)
            Browser.show(consent.url, to: "give admin consent")
            try consent.confirm(query: await listener.query())
        }
        Notice.tell(["Consent was given."])
    }

    private func request(redirectURI: String) -> AdminConsent {
        AdminConsent(endpoints: endpoints, tenant: tenant, clientID: clientID, redirectURI: redirectURI)
    }
}

extension EntraError {
    /// Whether an administrator's consent is what is missing.
    var lacksConsent: Bool {
        kind == .permissionMissing || aadsts.map { [65001, 90008, 90094, 90095].contains($0) } == true
    }

    func adding(hints: [String]) -> EntraError {
        EntraError(
            kind, message, hints: hints, aadsts: aadsts, graphCode: graphCode, requestID: requestID, status: status,
            refusedProperties: refusedProperties)
    }
}
