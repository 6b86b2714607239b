import ArgumentParser
import Foundation
import ContactSync
import Projections

struct ProjectionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "projections", abstract: "The read models: made from the journal, and made again at will.",
        discussion: "Example: foxtrail projections check",
        subcommands: [ProjectionsCheck.self, ProjectionsRebuild.self])
}

struct ProjectionsCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Rebuild them beside the present ones and compare the content.",
        discussion: "Example: foxtrail projections check")
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let models = try global.readModels()
        let differences = try global.folding { try models.check(progress: $0) }
        if global.json {
            Output.json([
                ("same", .bool(differences.isEmpty)), ("differences", .array(differences.map(JSONValue.string))),
            ])
        }
        guard differences.isEmpty else {
            throw Failure(
                .doesNotVerify, "these tables differ from the journal: \(differences.joined(separator: ", "))",
                ["foxtrail projections rebuild"])
        }
        if !global.json { Output.line("the projections are what the journal says") }
    }
}

struct ProjectionsRebuild: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Throw the projections away and make them again from the journal.",
        discussion: "Example: foxtrail projections rebuild")
    @OptionGroup var global: GlobalOptions

    func run() throws {
        guard access(global.directory, W_OK) == 0 else {
            throw Failure(
                .cannotCreate, "the home directory \(global.directory) cannot be written",
                ["check its owner and rights"])
        }
        let position = try global.folding { try ReadModels.rebuild(home: global.directory, progress: $0) }
        if global.json { return Output.json([("position", .number(String(position)))]) }
        if !global.quiet { Output.line("rebuilt from \(position) events") }
    }
}
