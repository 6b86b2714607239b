/// A page that a person sees: plain forms, nothing that needs a script, so that a test can click as well.
struct Page {
    let title: String
    /// HTML.
    var body: String

    init(_ title: String, _ body: String = "") {
        self.title = title
        self.body = body
    }

    /// A refusal shown to the person, because there is nowhere safe to send it.
    init(_ error: TokenError, for call: Call) {
        self.init(
            "Sorry, but we're having trouble signing you in", "<p>\(Self.escaped(error.description(for: call)))</p>")
    }

    func reply(status: Int = 200) -> Reply {
        let text = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>\(Self.escaped(title))</title>
            <style>body{font:16px sans-serif;max-width:40em;margin:2em auto}button{margin:.2em}</style></head>
            <body><h1>\(Self.escaped(title))</h1>
            \(body)
            </body></html>
            """
        return .text(text, type: "text/html; charset=utf-8", status: status).with("Cache-Control", "no-store")
    }

    static func form(_ action: String, hidden: [(String, String)], _ inner: String) -> String {
        let fields = hidden.map { name, value in
            "<input type=\"hidden\" name=\"\(name)\" value=\"\(escaped(value))\">"
        }
        return "<form method=\"post\" action=\"\(escaped(action))\">\(fields.joined())\n\(inner)\n</form>"
    }

    static func button(_ name: String, _ value: String, _ label: String) -> String {
        "<button name=\"\(name)\" value=\"\(escaped(value))\">\(escaped(label))</button><br>"
    }

    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }
}
