/// Prometheus's text exposition format 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format).
struct Exposition {
    enum Kind: String {
        case counter, gauge
    }

    struct Sample {
        let labels: [(name: String, value: String)]
        let value: Double

        init(_ value: Double, _ labels: (name: String, value: String)...) {
            self.init(value, labels: labels)
        }

        init(_ value: Double, labels: [(name: String, value: String)]) {
            self.labels = labels
            self.value = value
        }
    }

    private(set) var text = ""

    /// Adds a metric with all of its samples; none at all where there are none.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        guard !samples.isEmpty else { return }
        text += "# HELP \(name) \(Exposition.escaped(help))\n# TYPE \(name) \(kind.rawValue)\n"
        for sample in samples {
            text += name
            if !sample.labels.isEmpty {
                let labels = sample.labels.map { "\($0.name)=\"\(Exposition.escaped($0.value, quotes: true))\"" }
                text += "{\(labels.joined(separator: ","))}"
            }
            text += " \(Exposition.number(sample.value))\n"
        }
    }

    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
        add(name, kind, help, [Sample(value)])
    }

    /// - Parameter time: Milliseconds since 1970; nil is left out.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, time: Int64?) {
        if let time { add(name, kind, help, Double(time) / 1000) }
    }

    private static func escaped(_ text: String, quotes: Bool = false) -> String {
        let text = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        return quotes ? text.replacing("\"", with: "\\\"") : text
    }

    private static func number(_ value: Double) -> String {
        if let whole = Int64(exactly: value) { return String(whole) }
        return value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-Inf" : "+Inf") : "\(value)"
    }
}
