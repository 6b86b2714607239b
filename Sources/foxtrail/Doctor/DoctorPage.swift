import Foundation

/// What was found, for people: the installation, then each tenant; below what is not well stands what to do.
struct DoctorPage {
    let findings: [Finding]

    func show() {
        let columns = Descriptor.columns(of: STDOUT_FILENO)
        let width = findings.map { TextWidth.columns($0.check) }.max() ?? 0
        for (index, place) in places.enumerated() {
            if index > 0 { Output.line("") }
            Output.line(Output.printable(place ?? "installation"))
            for finding in findings where finding.tenant == place { show(finding, width, columns) }
        }
        Output.line("")
        Output.line(summary)
    }

    /// Nil for the installation, which comes first.
    private var places: [String?] {
        findings.reduce(into: [nil]) { places, finding in
            if !places.contains(finding.tenant) { places.append(finding.tenant) }
        }
    }

    private func show(_ finding: Finding, _ width: Int, _ columns: Int?) {
        let head = "  " + TextWidth.fitted(finding.result.word, to: 4, padding: true) + "  "
        let check = TextWidth.fitted(finding.check, to: width, padding: true) + "  "
        let blank = String(repeating: " ", count: TextWidth.columns(head + check))
        var lines = wrapped(finding.text, columns, blank)
        if finding.result != .ok, let advice = finding.advice, !advice.isEmpty {
            lines += wrapped("to do: " + advice, columns, blank)
        }
        for (index, line) in lines.enumerated() { Output.line((index == 0 ? head + check : blank) + line) }
    }

    /// Whole where no terminal breaks it.
    private func wrapped(_ text: String, _ columns: Int?, _ blank: String) -> [String] {
        let text = Output.printable(text)
        guard let columns else { return [text] }
        return TextWidth.wrapped(text, to: max(columns - blank.count, 20))
    }

    private var summary: String {
        func count(_ key: String) -> Int { findings.count { $0.result.key == key } }
        let counts = [(count("fail"), "failed"), (count("warn"), "to look at"), (count("ok"), "well")]
        return counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}
