/// The links that a read has followed. A server that names one of them again would keep us in a circle for ever
/// (github.com/microsoftgraph/microsoft-graph-docs/issues/2635 has seen one).
package struct LinkTrail: Sendable {
    private var followed: Set<String> = []

    /// A read that has followed nothing yet.
    package init() {}

    /// - Throws: An `EntraError` for a link that was followed before.
    package mutating func follow(_ link: String) throws(EntraError) {
        guard followed.insert(link).inserted else {
            throw EntraError(
                .unexpected, "graph repeated a link to the next page", hints: ["nothing is concluded from this read"])
        }
    }
}
