/// Why a template cannot be used.
package struct TemplateError: Error, Equatable {
    package enum Part: String, Sendable { case subject, text, html }
    package enum Fault: Equatable, Sendable {
        case unknownName(String)
        /// A tag of Mustache's that no account e-mail needs.
        case refusedTag(String)
        case malformed
        case empty
    }
    package let part: Part
    package let fault: Fault

    package var message: String {
        switch fault {
        case .unknownName(let name): "the \(part.rawValue) names {{\(name)}}, which there is not"
        case .refusedTag(let tag): "the \(part.rawValue) holds the tag \(tag), which cannot be used here"
        case .malformed: "the \(part.rawValue) is no template: a {{tag}} or {{#section}} is not closed"
        case .empty: "the \(part.rawValue) is empty"
        }
    }
}

/// What swift-mustache would pass over: an unknown name renders as nothing, and a partial as nothing too.
struct TemplateCheck {
    let part: TemplateError.Part

    func check(_ source: String) throws(TemplateError) {
        guard source.contains(where: { !$0.isWhitespace }) else { throw TemplateError(part: part, fault: .empty) }
        var rest = source[...]
        while let open = rest.firstRange(of: "{{") {
            guard let close = rest[open.upperBound...].firstRange(of: "}}") else { throw fault(.malformed) }
            try check(tag: rest[open.upperBound..<close.lowerBound])
            rest = rest[close.upperBound...]
        }
    }

    /// A value, a section that is there or not with it, its end, or a comment.
    private func check(tag: Substring) throws(TemplateError) {
        if tag.first == "!" { return }
        let isSection = tag.first.map { "#^/".contains($0) } ?? false
        let name = String(isSection ? tag.dropFirst() : tag).trimmed
        if AccountEmail.Values.names.contains(name) { return }
        let isName = !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
        throw fault(isName ? .unknownName(name) : .refusedTag("{{\(tag.prefix(40))}}" + (tag.first == "{" ? "}" : "")))
    }

    private func fault(_ fault: TemplateError.Fault) -> TemplateError { TemplateError(part: part, fault: fault) }
}

extension String {
    fileprivate var trimmed: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
