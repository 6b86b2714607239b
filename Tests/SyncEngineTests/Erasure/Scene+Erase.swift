import ContactSync
import Foundation
import Journal
import Projections

extension Scene {
    /// Erases who is known by an object id or an address.
    @discardableResult
    func erase(_ person: String) throws -> [Erased] {
        try store.erase(Occasion(actor: "agent:1", time: clock.tick())) { try Person.find(person, $0.db) }
    }
}

extension TemporaryHome {
    /// The files of the home that hold a text, whatever they are.
    func files(holding text: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).filter { name in
            let data = try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))
            return data.range(of: Data(text.utf8)) != nil
        }.sorted()
    }
}
