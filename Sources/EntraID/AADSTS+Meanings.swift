extension AADSTS {
    /// The errors that this product can meet, from learn.microsoft.com/entra/identity-platform/reference-error-codes
    /// (2024-04), said in our own words.
    static let meanings: [Int: Meaning] = {
        var table: [Int: Meaning] = [:]
        for (numbers, consequence, words, advice) in rows {
            for number in numbers { table[number] = Meaning(words: words, advice: advice, consequence: consequence) }
        }
        return table
    }()

    // Numbers are written as Microsoft prints them, to be found by a search.
    // swift-format-ignore: GroupNumericLiterals
    private static let rows: [([Int], Consequence, String, String)] = [
        (
            [16000, 50020, 90072], .authorizationLost,
            "the account does not belong to this tenant", "authorize the tenant again with a work account of it"
        ),
        (
            [500208], .authorizationLost,
            "this type of account cannot sign in to the tenant",
            "authorize the tenant again with a work or school account"
        ),
        (
            [50034], .authorizationLost,
            "the user is not in the directory", "check the tenant and the user, and authorize the tenant again"
        ),
        (
            [50053], .blocked,
            "the account is locked, or its address is blocked", "wait, or ask an administrator"
        ),
        (
            [50055, 50144], .authorizationLost,
            "the password has expired", "renew the password and authorize the tenant again"
        ),
        (
            [50057], .authorizationLost,
            "the user is disabled", "let an administrator enable the user, or authorize the tenant again as another one"
        ),
        (
            [50058], .authorizationLost,
            "nobody is signed in", "authorize the tenant again"
        ),
        (
            [50072, 50074, 50076, 50079], .authorizationLost,
            "multi-factor authentication is required", "authorize the tenant again"
        ),
        (
            [50105], .authorizationLost,
            "the user is not assigned to the app", "assign the user to the app, and authorize the tenant again"
        ),
        (
            [50126], .authorizationLost,
            "the user name or password is wrong", "authorize the tenant again"
        ),
        (
            [50173], .authorizationLost,
            "the grant was revoked", "authorize the tenant again"
        ),
        (
            [50194], .misconfigured,
            "the app belongs to one tenant and was used for any", "name the tenant by its id"
        ),
        (
            [53000, 53003], .authorizationLost,
            "a conditional access policy blocks the app",
            "let an administrator exempt the app or its location, and authorize the tenant again"
        ),
        (
            [54005], .authorizationLost,
            "the sign-in code was used before", "authorize the tenant again"
        ),
        (
            [500011], .misconfigured,
            "the tenant does not know Microsoft Graph under this address",
            "check the cloud: tenant and graph address must belong together"
        ),
        (
            [501481], .authorizationLost,
            "the sign-in does not match its request", "authorize the tenant again"
        ),
        (
            [65001], .authorizationLost,
            "nobody has consented to the app's permissions",
            "give admin consent to the app, and authorize the tenant again"
        ),
        (
            [65004], .authorizationLost,
            "the consent was declined", "authorize the tenant again, and accept the permissions"
        ),
        (
            [650052, 650056, 650057], .misconfigured,
            "the app registration lacks the resource", "add the permissions of Microsoft Graph to the app registration"
        ),
        (
            [50089, 70000, 70008, 700082], .authorizationLost,
            "the sign-in has expired or is no longer valid", "authorize the tenant again"
        ),
        (
            [70043], .authorizationLost,
            "the tenant asks for a fresh sign-in", "authorize the tenant again"
        ),
        (
            [70001, 7000112], .authorizationLost,
            "the app is disabled", "let an administrator of the tenant enable it, and authorize the tenant again"
        ),
        (
            [70003, 70011, 700022, 700023, 900144, 90014], .misconfigured,
            "the token request is malformed", "report this as a bug, with the request id"
        ),
        (
            [70016, 70018, 70019, 90119, 90120, 50134], .authorizationLost,
            "the sign-in by code did not complete", "authorize the tenant again"
        ),
        (
            [700016, 700038], .authorizationLost,
            "the app is not in this tenant",
            "check the client id and the tenant, give admin consent, and authorize the tenant again"
        ),
        (
            [700025], .misconfigured,
            "the app is public and cannot have a secret", "make the app registration a confidential client"
        ),
        (
            [700024], .misconfigured,
            "the sign-in's time does not fit", "set this machine's clock"
        ),
        (
            [700027, 700030, 50012], .authorizationLost,
            "the certificate is not accepted",
            "upload the certificate to the app registration, and authorize the tenant again"
        ),
        (
            [7000215], .authorizationLost,
            "the client secret is wrong", "authorize the tenant again with the secret's value, not its id"
        ),
        (
            [7000218], .misconfigured,
            "the app must prove itself with a secret or a certificate",
            "give the tenant a client secret or a certificate, or allow public client flows in the app registration"
        ),
        (
            [7000222], .authorizationLost,
            "the client secret has expired",
            "create a new secret or certificate, and authorize the tenant again with it"
        ),
        (
            [90002], .authorizationLost,
            "the tenant does not exist in this cloud", "check the tenant and the cloud, and authorize the tenant again"
        ),
        (
            [9001023, 9002332], .misconfigured,
            "the app cannot be used without naming a tenant", "name the tenant by its id"
        ),
        (
            [90094, 90095, 90008], .authorizationLost,
            "admin consent is required", "give admin consent to the app, and authorize the tenant again"
        ),
        (
            [90006, 90012, 90024, 90033, 50033, 50087], .transient,
            "the sign-in service has passing trouble", "try again later"
        ),
        (
            [50196], .blocked,
            "the sign-in service sees too many equal requests", "try again later"
        ),
        (
            [90055], .transient,
            "the tenant sends too many requests", "try again later"
        ),
    ]
}
