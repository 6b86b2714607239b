/// What tokens are asked for, qualified with the cloud's Graph root: a bare name would mean the global cloud.
enum Scopes {
    /// The permissions that a sign-in asks for, and that doctor looks for.
    static let permissions = ["User.Read.All", "GroupMember.Read.All", "Organization.Read.All"]

    /// What was granted to the app (learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
    static func application(_ endpoints: Endpoints) -> String { endpoints.graph + "/.default" }

    /// An id token, a refresh token, and the permissions in the person's name.
    static func delegated(_ endpoints: Endpoints) -> String {
        (["openid", "profile", "offline_access"] + permissions.map { "\(endpoints.graph)/\($0)" })
            .joined(separator: " ")
    }
}
