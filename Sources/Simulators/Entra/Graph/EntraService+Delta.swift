internal import FoundationEssentials

extension EntraService {
    /// `GET /users/delta`.
    func delta(_ call: Call, _ faults: [Fault], tenant: Int) throws -> Reply {
        let directory = directory(tenant)
        let shape = shaping(faults)
        let token = try deltaToken(call, directory, replays: shape.replays)
        let round = DeltaRound(token: token, directory: directory, pageSize: max(1, configuration.pageSize))
        let page = shape.isEmpty ? ([], next: token.place) : round.page()
        let link = deltaLink(call, token, next: page.next, shape, in: directory)
        var writer = PageWriter(
            context: "\(call.origin)/v1.0/$metadata#users\(token.selection.contextSuffix)", links: [link],
            expecting: page.indexes.count)
        let minimal = call.header("Prefer")?.lowercased().contains("return=minimal") == true
        let entries = DeltaEntries(round: round, shape: shape, minimal: minimal)
        for index in entries.order(page.indexes) { entries.write(index, to: &writer) }
        return .json(bytes: writer.finish())
            .with("Preference-Applied", minimal ? "return=minimal" : nil)
    }

    private func deltaLink(
        _ call: Call, _ token: DeltaToken, next: DeltaToken.Place?, _ shape: PageShape, in directory: Directory
    ) -> (name: String, value: JSONValue) {
        if shape.linksToItself { return ("@odata.nextLink", .string(call.origin + call.target)) }
        let following = DeltaToken(
            place: next ?? .done, since: token.since, until: token.until, selection: token.selection,
            issued: Int(Date().timeIntervalSince1970))
        let text = following.text(in: directory, serial: shape.serial)
        return next == nil
            ? ("@odata.deltaLink", .string("\(call.origin)/v1.0/users/delta?$deltatoken=\(text)"))
            : ("@odata.nextLink", .string("\(call.origin)/v1.0/users/delta?$skiptoken=\(text)"))
    }

    /// The state of the round: read from a token, or a new one. An empty `$deltatoken` starts anew, as after a 410.
    private func deltaToken(_ call: Call, _ directory: Directory, replays: Bool) throws -> DeltaToken {
        let text = call.query["$skiptoken"] ?? call.query["$deltatoken"] ?? ""
        guard text.isEmpty || text.lowercased() == "latest" else { return try resumed(text, directory, replays) }
        for name in ["$top", "$orderby", "$expand", "$skip", "$search", "$filter"] where call.query[name] != nil {
            throw GraphError(
                status: 400, code: "BadRequest", message: "'\(name)' is not supported by delta query for users.")
        }
        let selection = try Selection(call.query["$select"]).withID
        let refused = selection.properties.filter(\.isUnsupportedInDelta)
        guard refused.isEmpty else { throw GraphError.notInDelta(refused.map(\.name)) }
        let version = directory.version
        return DeltaToken(
            place: text.isEmpty ? .initial(next: 0) : .changes(after: version), since: version, until: version,
            selection: selection, issued: 0)
    }

    /// A delta link opens a new round from the version it names up to now; a page link goes on with its own.
    private func resumed(_ text: String, _ directory: Directory, _ replays: Bool) throws -> DeltaToken {
        let now = Int(Date().timeIntervalSince1970)
        guard let token = DeltaToken(text, in: directory), token.until <= directory.version,
            now - token.issued < DeltaToken.lifetime
        else { throw GraphError.expiredDelta() }
        guard token.place == .done else { return token }
        let since = replays ? 0 : token.until
        return DeltaToken(
            place: .changes(after: since), since: since, until: directory.version,
            selection: token.selection, issued: token.issued)
    }
}
