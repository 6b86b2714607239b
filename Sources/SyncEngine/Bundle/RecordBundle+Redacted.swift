import ContactSync

extension RecordBundle {
    private static let attempts = 8

    /// The same record with other letters and digits, which is decided the same way. Other ones each time.
    package func redacted() throws -> RecordBundle {
        let verdict = try verdict()
        for _ in 0..<RecordBundle.attempts {
            var redaction = Redaction(self)
            let candidate = try redaction.bundle()
            let other = try candidate.verdict()
            if redaction.redact.isClean, other.isSame == verdict.isSame,
                other.recorded.shape == verdict.recorded.shape, other.decided.shape == verdict.decided.shape
            {
                return candidate
            }
        }
        throw BundleError.cannotRedact
    }
}

extension Decision {
    /// What it comes to without whose data it is about.
    fileprivate var shape: [String] {
        switch self {
        case .create(_, _, let phones, let fields):
            ["create"] + phones.keys.map(\.rawValue).sorted() + fields.keys.sorted()
        case .update(_, let changes, let adopts):
            ["update", "\(adopts)"] + changes.map { "\($0.field.text) \($0.old == nil) \($0.new == nil)" }
        case .fail(let existing, let reasons): ["fail", "\(existing == nil)"] + reasons.map(\.code)
        }
    }
}
