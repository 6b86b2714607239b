/// Reads a `$filter`: `or` binds weaker than `and`, `and` weaker than `not`.
struct FilterParser {
    private var tokens: ArraySlice<FilterToken>

    static func parse(_ text: String) throws -> Filter {
        guard let tokens = FilterToken.split(text) else { throw GraphError.invalidFilter }
        var parser = FilterParser(tokens: tokens[...])
        let filter = try parser.disjunction()
        guard parser.tokens.isEmpty else { throw GraphError.invalidFilter }
        return filter
    }

    private mutating func disjunction() throws -> Filter {
        var left = try conjunction()
        while takes("or") { left = .or(left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws -> Filter {
        var left = try factor()
        while takes("and") { left = .and(left, try factor()) }
        return left
    }

    private mutating func factor() throws -> Filter {
        if takes("not") { return .not(try factor()) }
        if takes(.open) {
            let inner = try disjunction()
            try expect(.close)
            return inner
        }
        guard case .word(let name)? = tokens.popFirst() else { throw GraphError.invalidFilter }
        if let function = Filter.Function(rawValue: name.lowercased()) { return try call(function) }
        if name.hasSuffix("/any") { return try lambda(String(name.dropLast(4))) }
        return try comparison(name)
    }

    private mutating func call(_ function: Filter.Function) throws -> Filter {
        try expect(.open)
        guard case .word(let name)? = tokens.popFirst() else { throw GraphError.invalidFilter }
        try expect(.comma)
        guard case .text(let text)? = tokens.popFirst() else { throw GraphError.invalidFilter }
        try expect(.close)
        return .text(function, name, text.lowercased())
    }

    private mutating func lambda(_ name: String) throws -> Filter {
        try expect(.open)
        guard case .word(let variable)? = tokens.popFirst() else { throw GraphError.invalidFilter }
        try expect(.colon)
        guard takes(variable), takes("eq") else { throw GraphError.invalidFilter }
        let wanted = try value()
        try expect(.close)
        return .any(name, wanted)
    }

    private mutating func comparison(_ name: String) throws -> Filter {
        if takes("in") {
            try expect(.open)
            var values = [try value()]
            while takes(.comma) { values.append(try value()) }
            try expect(.close)
            return .oneOf(name, values)
        }
        guard case .word(let word)? = tokens.popFirst(), let comparison = Filter.Comparison(rawValue: word.lowercased())
        else { throw GraphError.invalidFilter }
        return .compare(name, comparison, try value())
    }

    private mutating func value() throws -> JSONValue {
        switch tokens.popFirst() {
        case .text(let text): return .string(text)
        case .word("true"): return true
        case .word("false"): return false
        case .word("null"): return nil
        case .word(let word): return Int(word).map { .integer($0) } ?? .string(word)
        case .open, .close, .comma, .colon, nil: throw GraphError.invalidFilter
        }
    }

    private mutating func takes(_ word: String) -> Bool { takes(.word(word)) }

    private mutating func takes(_ token: FilterToken) -> Bool {
        guard tokens.first == token else { return false }
        tokens.removeFirst()
        return true
    }

    private mutating func expect(_ token: FilterToken) throws {
        guard takes(token) else { throw GraphError.invalidFilter }
    }
}

extension GraphError {
    static let invalidFilter = GraphError(
        status: 400, code: "BadRequest", message: "Invalid filter clause: the expression could not be read.")
}
