import ContactSync

/// What one check came to.
struct Finding {
    enum Result: Equatable {
        case ok, warn, skipped
        /// With what a command would end with that met the same.
        case fail(ExitCode)

        var word: String {
            switch self {
            case .ok: "ok"
            case .warn: "warn"
            case .skipped: "-"
            case .fail: "FAIL"
            }
        }

        var key: String {
            switch self {
            case .skipped: "skipped"
            case .ok, .warn, .fail: word.lowercased()
            }
        }
    }

    let check: String
    let result: Result
    /// What was found.
    let text: String
    /// What to do about it.
    let advice: String?
    /// The tenant's domain; nil for what concerns the installation.
    var tenant: String?
    var tenantID: TenantID?

    init(_ check: String, _ result: Result, _ text: String, advice: String? = nil) {
        self.check = check
        self.result = result
        self.text = text
        self.advice = advice
    }

    init(_ check: String, failed error: any Error) {
        let failure = Failure(describing: error)
        self.init(check, .fail(failure.code), failure.message, advice: failure.hints.joined(separator: "; "))
    }

    static func skipped(_ check: String, after cause: String) -> Finding {
        Finding(check, .skipped, "not checked without \(cause)")
    }

    /// The exit code that the worst failure asks for; nil where nothing failed.
    static func worst(of findings: [Finding]) -> ExitCode? {
        let codes = findings.compactMap { finding in
            if case .fail(let code) = finding.result { code } else { nil }
        }
        return order.first { codes.contains($0) } ?? codes.first
    }

    /// The worst first: what may be lost, then what stands in the way here, then elsewhere.
    private static let order: [ExitCode] = [
        .doesNotVerify, .io, .cannotCreate, .bug, .configuration, .notPermitted, .remoteUnavailable,
    ]

    func of(_ domain: String, _ id: TenantID) -> Finding {
        var finding = self
        (finding.tenant, finding.tenantID) = (domain, id)
        return finding
    }

    var json: [(key: String, value: JSONValue)] {
        [
            ("tenant", JSONValue(tenantID?.rawValue)), ("domain", JSONValue(tenant)), ("check", .string(check)),
            ("result", .string(result.key)), ("found", .string(text)), ("advice", JSONValue(advice)),
        ]
    }
}
