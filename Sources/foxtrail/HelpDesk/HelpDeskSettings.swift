import ContactSync
import GRDB
import Projections

/// What depends on where the contacts live.
enum HelpDeskSettings {
    /// Refuses to change here what belongs to a help desk elsewhere.
    static func expectEmbedded(_ db: Database, _ things: String, _ hint: String) throws {
        let desk = try HelpDeskState.fetch(db).desk
        guard desk.isRemote else { return }
        throw Failure(.badInput, "\(things) belong to \(desk.words), where the contacts live", [hint])
    }

    /// Refuses to leave contacts behind that users are linked to.
    ///
    /// - Parameter way: How it is said that they are to be left, such as `--relink`.
    static func expectNobodyLeft(by desk: HelpDesk, _ db: Database, _ way: String) throws {
        let present = try HelpDeskState.fetch(db)
        guard present.isElsewhere(than: desk) else { return }
        let (links, contacts) = (try Contacts.linked(db), try Contacts.count(db))
        if links > 0 {
            throw Failure(
                .badInput, "\(links) users are linked to contacts of \(present.desk.words)",
                ["\(way) lets go of them: the next sync matches users and contacts again by e-mail"])
        }
        // Of another help desk they stay there; these would stay in the journal only.
        if !present.desk.isRemote, contacts > 0 {
            throw Failure(
                .badInput, "\(contacts) contacts live in \(present.desk.words)",
                ["\(way) leaves them behind: they are not carried over"])
        }
    }
}

extension HelpDesk {
    var words: String {
        switch kind {
        case .embedded: "the embedded help desk"
        case .happyfox: "HappyFox\(url.map { " (\($0))" } ?? "")"
        }
    }
}
