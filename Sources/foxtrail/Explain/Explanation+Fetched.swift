import ContactSync
import Journal
import Projections

/// The first two steps: where the values come from, and why the user is in the sync at all.
extension Explanation {
    var fetched: Step {
        guard let input = facts.chain.input else { return Step(name: "fetched", lines: ["erased"]) }
        var lines = ["in \(place(of: input))" + (readInWords.map { ": \($0)" } ?? "")]
        if let last = facts.lastRead, last != input.sync {
            lines.append("nothing new since; sync \(last) read the tenant last")
        }
        return Step(
            name: "fetched", lines: lines,
            members: [
                ("sync", JSONValue(input.sync)), ("at", Output.json(time: input.recordedAt)),
                ("event", .number(input.position.description)), ("extent", JSONValue(facts.read?.extent.rawValue)),
                ("reason", JSONValue(facts.read?.reason?.rawValue)), ("lastReadIn", JSONValue(facts.lastRead)),
            ])
    }

    private var readInWords: String? {
        guard let read = facts.read else { return nil }
        switch read.extent {
        case .changes: return "a read of changes"
        case .full:
            let members = facts.past.settings.users == .all ? "" : " of the groups' members"
            return "a full read\(members)" + (read.reason.map { ", \($0.words)" } ?? "")
        }
    }

    var selected: Step {
        let settings = facts.past.settings
        let removal = facts.row.isRemoved ? facts.chain.removal : nil
        var lines = [settings.selectionInWords(of: facts.tenant.domain)]
        if let goneInWords {
            lines.append("gone: \(goneInWords)" + (removal.map { " (\(place(of: $0.record)))" } ?? ""))
            if facts.contact != nil { lines.append("the contact is kept, and no longer follows Entra ID") }
        } else {
            lines += settings.admission(of: facts.user)
        }
        return Step(
            name: "selected", lines: lines,
            members: [
                ("selection", .string(lines[0])), ("removed", .bool(facts.row.isRemoved)),
                ("removedBecause", JSONValue(removal?.cause.rawValue)), ("removedIn", JSONValue(removal?.record.sync)),
            ])
    }

    private var goneInWords: String? {
        guard facts.row.isRemoved else { return nil }
        return facts.chain.removal?.cause.words(because: facts.tenant.settings.exclusion(of: facts.user))
            ?? "gone from Entra ID"
    }
}

extension TenantSettings {
    /// Why a user is in who could have been left out.
    fileprivate func admission(of user: UserObject) -> [String] {
        var reasons: [String] = []
        if users != .all { reasons.append("a member of one of them; which one is not recorded") }
        if !Inclusion(guests: false).holds(user) { reasons.append("a guest, and guests are in") }
        if !Inclusion(disabled: false).holds(user) {
            reasons.append("the account is disabled, and disabled accounts are in")
        }
        return reasons
    }
}

extension SelectionRead.Reason {
    /// Why everybody was read.
    fileprivate var words: String {
        switch self {
        case .first: "the first one"
        case .newProperty: "because a property was newly mapped"
        case .newSelection: "because the selection was changed"
        case .stateLost: "because where the last one ended was no longer known"
        case .reconciliation: "because the last full one was days ago"
        case .erasure: "because somebody had been erased"
        case .noDelta: "because Graph tells no changes of what is selected or mapped"
        }
    }
}
