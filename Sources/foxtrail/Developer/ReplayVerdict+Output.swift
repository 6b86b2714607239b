import ContactSync
import SyncEngine

extension ReplayVerdict {
    static func show(_ verdicts: [ReplayVerdict]) {
        Output.table(
            ["SYNC", "ENGINE", "SAME", "DIFFERENT", "ERASED"],
            verdicts.map { verdict in
                [verdict.sync, Int64(verdict.engine)].map { String($0) }
                    + [verdict.same, verdict.different, verdict.erased].map { String($0) }
            })
        for verdict in verdicts { for difference in verdict.differences { verdict.show(difference) } }
    }

    private func show(_ difference: (subject: String, recorded: String, decided: String)) {
        Output.line("sync \(sync) \(Output.printable(difference.subject))")
        Output.line("  recorded \(Output.printable(difference.recorded))")
        Output.line("  decided  \(Output.printable(difference.decided))")
    }

    var json: [(key: String, value: JSONValue)] {
        [
            ("sync", JSONValue(sync)), ("engine", .number(String(engine))), ("same", .number(String(same))),
            ("different", .number(String(different))), ("erased", .number(String(erased))),
            (
                "differences",
                .array(
                    differences.map { difference in
                        .object([
                            ("subject", .string(difference.subject)), ("recorded", .string(difference.recorded)),
                            ("decided", .string(difference.decided)),
                        ])
                    })
            ),
        ]
    }
}
