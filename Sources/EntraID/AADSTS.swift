/// An error number of the identity platform, as in `AADSTS7000222`.
///
/// Numbers say what is wrong in words; Microsoft may change them, so an unknown one is no surprise.
package struct AADSTS: Sendable, Hashable {
    /// Without the letters.
    package let number: Int

    /// A number that came from Microsoft, known or not.
    package init(_ number: Int) {
        self.number = number
    }

    /// What an error means for the tenant.
    package enum Consequence: Sendable, Hashable {
        /// The tenant no longer lets us in.
        case authorizationLost
        /// Passes by itself; try again.
        case transient
        /// Passes by itself or by an administrator's doing, later: trying again at once makes it worse.
        case blocked
        /// Our request or the app's registration is wrong, whatever the tenant allows.
        case misconfigured
    }

    /// What a number says, in our words.
    package struct Meaning: Sendable {
        /// Lower case, no full stop.
        package let words: String
        /// What a person can do about it.
        package let advice: String
        /// What becomes of the tenant.
        package let consequence: Consequence
    }

    /// Nil for a number that we do not know.
    package var meaning: Meaning? { AADSTS.meanings[number] }

    /// The first number in a text such as `AADSTS7000215: Invalid client secret provided. ...`.
    package init?(in text: String) {
        guard let mark = text.firstRange(of: "AADSTS"),
            let number = Int(text[mark.upperBound...].prefix { $0.isASCII && $0.isNumber })
        else { return nil }
        self.number = number
    }
}
