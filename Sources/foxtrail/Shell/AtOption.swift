import ArgumentParser
import ContactSync
import GRDB
import Journal
import Projections

/// What every command takes that prints state, and none that changes any.
struct AtOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "As it was at a moment, made from the journal alone: behind the event at a position, or at a time such as "
                + "2026-11-24 (its end), 2026-11-24T10:00 (account time) or 2026-11-24T09:00:00Z.",
            valueName: "position|time"))
    var at: String?

    /// What the command reads: as of the moment, or as of now where none is named.
    func readModels(_ global: GlobalOptions) throws -> ReadModels {
        guard let at else { return try global.readModels() }
        guard let moment = Moment(at) else {
            throw Failure(.badInput, "--at \(at) is neither a position nor a time", AtOption.forms)
        }
        do {
            let models = try global.folding { try ReadModels(home: global.directory, at: moment, progress: $0) }
            try tell(models, moment, global)
            return models
        } catch let error as MomentError {
            throw failure(error, at)
        }
    }

    /// Which event a time came to, and what can not be shown of it any more.
    private func tell(_ models: ReadModels, _ moment: Moment, _ global: GlobalOptions) throws {
        guard let event = models.moment, !global.quiet, !global.json else { return }
        if try models.journal.read({ try JournalReader.isErased($0, upTo: event.position) }) {
            Notice.tell(["who was erased since then is shown without name, address or values"])
        }
        guard case .time = moment else { return }
        let zone = try models.read { try Installation.account($0)?.timeZone }
        Notice.tell(["as of event \(event.position), recorded at \(Output.time(event.recordedAt, zone: zone))"])
    }

    private func failure(_ error: MomentError, _ at: String) -> Failure {
        let stat = "foxtrail journal list shows when what was recorded"
        return switch error {
        case .empty: Failure(.badInput, "the journal has no events yet", ["foxtrail init"])
        case .beforeFirst: Failure(.badInput, "--at \(at) is before the first event, which is 1", AtOption.forms)
        case .beyond(let last):
            Failure(.badInput, "--at \(at) is beyond the last event, which is \(last)", AtOption.forms)
        case .tooEarly(let first, let zone):
            Failure(
                .badInput, "--at \(at) is before the first event, recorded at \(Output.time(first, zone: zone))", [stat]
            )
        }
    }

    private static let forms = [
        "a position such as 42, a date such as 2026-11-24 (its end), 2026-11-24T10:00 by the account's clock, "
            + "or 2026-11-24T09:00:00Z"
    ]
}

extension ReadModels {
    /// The time that it is there, in milliseconds since 1970.
    var time: Int64 { moment?.recordedAt ?? Clock.now() }
    var isPast: Bool { moment != nil }
    /// For messages; empty where it is now.
    var atEvent: String { moment.map { " at event \($0.position)" } ?? "" }
}
