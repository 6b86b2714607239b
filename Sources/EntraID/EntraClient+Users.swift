internal import ContactSync
internal import HTTP

extension EntraClient {
    /// One page of users, and where the next one is. Needs the permission `User.Read.All`, for the members of a group
    /// `GroupMember.Read.All` too.
    ///
    /// A link is followed exactly as Graph gave it, and to no other origin than the one that was configured.
    ///
    /// - Throws: An `EntraError` of kind `permissionMissing` also where members come without their properties.
    package func usersPage(_ link: UsersLink) async throws -> UsersPage {
        let url = link.url(graph: endpoints.graph)
        try allow(url)
        let permission = link.isMembers ? "GroupMember.Read.All" : "User.Read.All"
        return try await get(url, permission: permission, link: link) { (response) throws(EntraError) in
            try page(response, link)
        }
    }

    private func page(_ response: WebResponse, _ link: UsersLink) throws(EntraError) -> Reading<UsersPage> {
        let body = response.body
        guard body.withUnsafeBufferPointer({ String(validating: $0, as: UTF8.self) != nil }) else {
            return .broken("a page that is not UTF-8")
        }
        let scan: PageScan
        do { scan = try PageScan(body.span) } catch { return .broken("a page that is \(error)") }
        let requestID = response.header("request-id")
        guard let objects = scan.objects else {
            throw EntraError(.unexpected, "graph sent a page without users", requestID: requestID)
        }
        let end = try end(scan, isDelta: link.isDelta, requestID)
        if link.isMembers, objects.contains(where: { HiddenMember.isHidden(body.span, $0) }) {
            throw HiddenMember.error(permissionKind, requestID)
        }
        return .value(
            UsersPage(
                body: body, objects: objects, strays: scan.strays, end: end, count: scan.count, requestID: requestID))
    }

    private func end(_ scan: PageScan, isDelta: Bool, _ requestID: String?) throws(EntraError) -> UsersPage.End {
        if let link = scan.nextLink ?? scan.deltaLink {
            try allow(link)
            return scan.nextLink == nil ? .delta(link) : .next(link)
        }
        if !isDelta { return .last }
        throw EntraError(.unexpected, "graph ended a delta round without a delta link", requestID: requestID)
    }

    /// A token goes to the configured origin only, whatever a page says.
    func allow(_ url: String) throws(EntraError) {
        let origin = WebOrigin(url)
        guard let origin, origin == WebOrigin(endpoints.graph) else {
            let stranger = origin.map { "\($0)" } ?? "something that is no web address"
            throw EntraError(
                .unexpected, "a link leads to \(stranger) instead of \(endpoints.graph)",
                hints: ["if the graph address was changed, the next sync must read everything again"])
        }
    }
}
