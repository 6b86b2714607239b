internal import Crypto

/// One sign-in in a browser, from the address that is opened to the redirect that ends it
/// (learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow, RFC 7636).
package struct BrowserRequest: Sendable {
    /// What the person's browser is to open.
    package let url: String
    let redirectURI: String
    let state: String
    let nonce: String
    let verifier: Secret

    /// The proof that whoever redeems the code has asked for it.
    static func challenge(of verifier: Secret) -> String {
        Base64URL.encode(SHA256.hash(data: Array(verifier.value.utf8)))
    }

    /// - Parameter query: What stands behind the question mark of the redirect.
    /// - Throws: The error that the query names, before its code is looked at.
    func code(in query: String) throws(EntraError) -> Secret {
        let query = RedirectQuery(query)
        try query.check(state: state)
        guard let code = query["code"], !code.isEmpty else {
            throw EntraError(.unexpected, "the sign-in service sent the browser back without a code")
        }
        return Secret(code)
    }
}

/// The parts that prove a sign-in never show.
extension BrowserRequest: CustomReflectable {
    package var customMirror: Mirror { Mirror(self, children: ["redirectURI": redirectURI]) }
}
