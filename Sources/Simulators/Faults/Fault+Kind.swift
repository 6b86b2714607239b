extension Fault {
    /// What goes wrong.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        // Any request.
        /// 429.
        case throttle
        /// 503.
        case unavailable
        /// 504.
        case gatewayTimeout
        /// The connection is closed instead of an answer, or right after the head if `after` is `head`.
        case drop
        /// Half of the promised body, then the connection is closed.
        case truncate
        /// 200 with an HTML page.
        case notJSON
        /// The answer comes after `seconds`.
        case slow
        /// The `Date` header is `seconds` ahead, or behind if negative.
        case clockSkew
        // The help desk.
        /// The connection is closed before the request is processed; `drop` closes it afterwards.
        case unheard
        /// 502, or what `status` says, with an HTML page.
        case html
        // Graph.
        /// 401, and the access token stays invalid from then on.
        case unauthorized
        /// 401 with a claims challenge to clients that declared `cp1`; only a token asked for with these claims will do.
        case claimsChallenge
        /// 403 `Authorization_RequestDenied`.
        case forbidden
        /// 400 `syncStateNotFound`, or 404 or 410 by `status`; strikes only delta requests that carry a token.
        case expiredDelta
        /// 410 with a `Location` to start over; strikes only delta requests that carry a token.
        case gone
        /// 400 `Directory_ExpiredPageToken`; strikes only requests that carry a page token.
        case expiredPage
        /// No objects, and a link to the page that should have come.
        case emptyPage
        /// The page's link leads to the page itself.
        case repeatNextLink
        /// The first object of the page comes once more at its end.
        case duplicate
        /// A delta round brings all earlier changes again; strikes where the round begins.
        case replay
        /// The objects of a delta page come in reverse.
        case outOfOrder
        /// Every changed user of a delta page comes with its seeded values first, then as it is.
        case staleFirst
        /// A removed user of a delta page comes as `changed` and then as `deleted`.
        case removedTwice
        /// The first user of a delta page comes as removed, then as present.
        case restored
        /// Delta writes null for properties that were never set, instead of leaving them out.
        case explicitNulls
        /// Properties without a value are left out, even where null is due.
        case omittedNulls
        /// Deleted users are still listed among the members of their groups.
        case staleMembers
        // The identity platform.
        /// The refusal with the AADSTS number `code`.
        case aadsts
        /// A polling device is told to slow down.
        case slowDown
        /// An application's token that nothing was consented for.
        case noRoles
        /// Whoever signs in turns out to be a personal account.
        case personalAccount
        /// The claim of the id token that `what` names is wrong: iss, aud, exp, nbf, nonce, tid, kid, signature.
        case badIDToken
        /// The sign-in page sends back another `state`.
        case wrongState

        /// Those that a help desk knows.
        package static let helpDesk: [Kind] = [
            .throttle, .unavailable, .gatewayTimeout, .html, .drop, .unheard, .truncate, .notJSON, .slow, .clockSkew,
        ]

        /// Those that Entra ID knows.
        package static let entra = allCases.filter { ![.unheard, .html].contains($0) }

        /// What is counted unless the fault says otherwise.
        package var scope: Scope {
            switch self {
            case .aadsts, .slowDown, .noRoles, .personalAccount, .badIDToken: .token
            case .wrongState: .authorize
            default: .data
            }
        }
    }

    /// What is counted. Every request of Graph and of the help desk counts as `data`, and also as what it asks for.
    package enum Scope: String, Sendable, Codable, CaseIterable {
        case data, users, delta, groups, members, organization
        /// Of the help desk: GET, and everything else.
        case read, write
        /// The token endpoint.
        case token
        /// The forms of the sign-in page.
        case authorize
        case deviceCode
        /// Discovery and keys.
        case metadata
    }
}
