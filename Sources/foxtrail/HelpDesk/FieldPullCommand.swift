import ArgumentParser
import ContactSync
import HappyFox
import Projections
import SyncEngine

struct FieldPullCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: "Take over the custom fields of the help desk.",
        discussion: """
            Example: foxtrail field pull

            Every sync does so by itself; this is for mapping a field that was added a moment ago.
            """)
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        _ = try global.permittedActor()
        let pulled = try await HelpDeskAccess.with(global) { try await $0.fields() }
        let (events, mapped) = try global.change { transaction in
            let events = try FieldPull.take(pulled, transaction)
            return (
                events, Set(try Installation.tenants(transaction.db).flatMap { $0.settings.mapping.customFields.keys })
            )
        }
        if global.json { return Output.change(events, [("fields", .array(pulled.map { .object($0.json) }))]) }
        for event in events where !global.quiet { Output.line(Output.printable(FieldPullCommand.words(event))) }
        let count = "\(pulled.count) custom field\(pulled.count == 1 ? "" : "s")"
        if !global.quiet { Output.line(events.isEmpty ? "nothing has changed: \(count)" : count) }
        let gone = mapped.subtracting(pulled.map(\.name)).sorted()
        for name in gone { Notice.hint("the field \(name) is mapped and no longer there", quiet: global.quiet) }
    }

    private static func words(_ event: Event) -> String {
        switch event {
        case .fieldDefined(let field): "new: \(field.name) (\(field.kind))"
        case .fieldChanged(let field): "changed: \(field.name) (\(field.kind))"
        case .fieldRemoved(let field): "gone: \(field.name)"
        default: event.type.rawValue
        }
    }
}

extension FieldDefinition {
    fileprivate var kind: String {
        [type.plainName, isRequired ? "required" : nil, type.isMappable ? nil : "cannot be mapped"]
            .compactMap(\.self).joined(separator: ", ")
    }
}
