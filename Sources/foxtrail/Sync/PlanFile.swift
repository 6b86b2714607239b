import ContactSync
import Foundation
import Journal
import Projections
import SyncEngine

/// A plan as a file of its owner alone: it holds what contacts are to hold.
struct PlanFile {
    let path: String

    func write(_ plan: SyncPlan, quiet: Bool) throws {
        let file = try OutputFile(path: path)
        var buffer: [UInt8] = []
        try plan.eachLine { line in
            buffer += line + [UInt8(ascii: "\n")]
            guard buffer.count > 1 << 16 else { return }
            try file.write(buffer)
            buffer.removeAll(keepingCapacity: true)
        }
        try file.write(buffer)
        try file.finish()
        guard !quiet, file.isRegular else { return }
        let count = plan.entries.count
        Output.line(
            Output.printable(
                "\(count) decision\(count == 1 ? "" : "s") in \(path); foxtrail sync run --plan \(path) applies them"))
    }

    func read() throws -> SyncPlan {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(.badInput, "the file \(path) cannot be read", ["check its name and rights"])
        }
        do throws(SyncPlan.FormatError) {
            return try SyncPlan(lines: data.split(separator: UInt8(ascii: "\n")))
        } catch {
            switch error {
            case .notAPlan:
                throw Failure(.badInput, "\(path) is no plan of this version", [PlanFile.another])
            case .damaged(let line):
                throw Failure(.badInput, "the plan \(path) is damaged at line \(line)", [PlanFile.another])
            }
        }
    }

    static let another = "foxtrail sync preview --save FILE makes a new one"
}

extension PlanCheck.Moved {
    /// - Parameters:
    ///   - agent: What an actor of the journal is called.
    ///   - tenant: What a tenant is called.
    func failure(agent: (String) -> String, tenant: (TenantID) -> String) -> Failure {
        switch self {
        case .otherJournal: Failure(.badInput, "the plan was made of another journal", [PlanFile.another])
        case .otherHistory:
            Failure(.badInput, "the plan was made of events that this journal does not hold", [PlanFile.another])
        case .otherEngine(let engine):
            Failure(.badInput, "the plan was made by engine \(engine), not \(Syncer.engineVersion)", [PlanFile.another])
        case .event(let position, let actor, let ground):
            Failure(
                .badInput, "the plan no longer holds: \(ground.words(tenant)), by \(agent(actor)) in event \(position)",
                ["foxtrail journal show \(position)", PlanFile.another])
        }
    }
}

extension PlanCheck.Ground {
    /// What has happened to it.
    fileprivate func words(_ tenant: (TenantID) -> String) -> String {
        switch self {
        case .account: "the account was opened"
        case .app: "the app was installed or removed"
        case .helpDesk: "the help desk was changed"
        case .settings(let id): "the settings of \(tenant(id)) were changed"
        case .tenant(let id): "\(tenant(id)) was authorized, switched or deleted"
        case .field(let name): "the field \(name) was changed"
        case .contact(let id): "contact \(id) was changed"
        case .records(let sync): "records were changed" + (sync.map { " in sync \($0)" } ?? "")
        }
    }
}

extension PlanCheck {
    static func failure(_ found: (first: [Disagreement], count: Int)) -> Failure {
        let lines = found.first.map { disagreement in
            let who = disagreement.email.isEmpty ? "" : " (\(disagreement.email))"
            let user = "user \(disagreement.user.objectID)\(who)"
            return switch disagreement.kind {
            case .unplanned: "\(user) is now decided otherwise"
            case .gone: "\(user) needs no more what was planned"
            }
        }
        let rest = found.count - lines.count
        return Failure(
            .badInput, "the plan no longer holds: Entra or the help desk has moved",
            lines + (rest > 0 ? ["and \(rest) more"] : []) + [PlanFile.another])
    }
}
