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
}

extension HelpDesk {
    var words: String {
        switch kind {
        case .embedded: "the embedded help desk"
        case .happyfox: "HappyFox\(url.map { " (\($0))" } ?? "")"
        }
    }
}
