/// The words of a `$filter`.
enum FilterToken: Equatable {
    case word(String)
    case text(String)
    case open, close, comma, colon

    /// Nil for a quote that is never closed. Inside of a text two quotes are one.
    static func split(_ text: String) -> [FilterToken]? {
        var tokens: [FilterToken] = []
        var rest = Substring(text)
        while let character = rest.first {
            rest.removeFirst()
            switch character {
            case " ": continue
            case "(": tokens.append(.open)
            case ")": tokens.append(.close)
            case ",": tokens.append(.comma)
            case ":": tokens.append(.colon)
            case "'":
                guard let quoted = quoted(&rest) else { return nil }
                tokens.append(.text(quoted))
            default:
                let word = rest.prefix { !" (),:'".contains($0) }
                rest.removeFirst(word.count)
                tokens.append(.word(String(character) + word))
            }
        }
        return tokens
    }

    private static func quoted(_ rest: inout Substring) -> String? {
        var result = ""
        while let character = rest.popFirst() {
            guard character == "'" else {
                result.append(character)
                continue
            }
            guard rest.first == "'" else { return result }
            rest.removeFirst()
            result.append("'")
        }
        return nil
    }
}
