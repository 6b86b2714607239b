/// An event's place in the journal, counted from 1 without gaps.
package struct Position: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
    /// Before the first event.
    package static let zero = Position(rawValue: 0)
    package var description: String { String(rawValue) }
    package var next: Position { Position(rawValue: rawValue + 1) }
    package static func < (left: Position, right: Position) -> Bool { left.rawValue < right.rawValue }
}
