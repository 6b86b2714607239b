/// Bytes that are not JSON as RFC 8259 has it, or that pass our limits.
package struct JSONError: Error, Equatable, CustomStringConvertible {
    /// Where in the bytes, counted from 0.
    package let offset: Int
    package let expected: String

    package init(offset: Int, expected: String) {
        self.offset = offset
        self.expected = expected
    }

    package var description: String { "not JSON at byte \(offset): expected \(expected)" }
}
