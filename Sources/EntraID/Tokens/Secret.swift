/// A text that no way of printing shows: a refresh token, a device code.
package struct Secret: Sendable, Hashable {
    /// For a request or a store, and nothing else.
    package let value: String

    /// A text that came from the sign-in service or from a store.
    package init(_ value: String) {
        self.value = value
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "(secret)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
