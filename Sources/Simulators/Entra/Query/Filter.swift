/// A `$filter` of OData, as far as directory objects understand it.
indirect enum Filter: Sendable {
    enum Comparison: String, Sendable {
        case eq, ne
    }

    enum Function: String, Sendable {
        case startswith, endswith
    }

    case compare(String, Comparison, JSONValue)
    case text(Function, String, String)
    /// `name/any(x:x eq value)`
    case any(String, JSONValue)
    case oneOf(String, [JSONValue])
    case not(Filter)
    case and(Filter, Filter)
    case or(Filter, Filter)

    /// The names the filter looks at.
    var properties: [String] {
        switch self {
        case .compare(let name, _, _), .text(_, let name, _), .any(let name, _), .oneOf(let name, _): [name]
        case .not(let inner): inner.properties
        case .and(let left, let right), .or(let left, let right): left.properties + right.properties
        }
    }

    /// Whether it is answered only with `ConsistencyLevel: eventual` and `$count=true`.
    var isAdvanced: Bool {
        switch self {
        case .compare(_, let comparison, _): comparison == .ne
        case .text(let function, _, _): function == .endswith
        case .any, .oneOf: false
        case .not: true
        case .and(let left, let right), .or(let left, let right): left.isAdvanced || right.isAdvanced
        }
    }

    /// Text is compared without regard to case.
    func matches(_ value: (String) -> JSONValue) -> Bool {
        switch self {
        case .compare(let name, .eq, let wanted): value(name).folded == wanted.folded
        case .compare(let name, .ne, let wanted): value(name).folded != wanted.folded
        case .text(.startswith, let name, let part): value(name).text?.lowercased().hasPrefix(part) == true
        case .text(.endswith, let name, let part): value(name).text?.lowercased().hasSuffix(part) == true
        case .any(let name, let wanted):
            if case .array(let elements) = value(name) {
                elements.contains { $0.folded == wanted.folded }
            } else {
                false
            }
        case .oneOf(let name, let wanted): wanted.contains { $0.folded == value(name).folded }
        case .not(let inner): !inner.matches(value)
        case .and(let left, let right): left.matches(value) && right.matches(value)
        case .or(let left, let right): left.matches(value) || right.matches(value)
        }
    }
}

extension JSONValue {
    fileprivate var folded: JSONValue {
        text.map { .string($0.lowercased()) } ?? self
    }
}
