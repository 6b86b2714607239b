import ContactSync
import Simulators

extension Scene {
    func id(_ index: Int) -> String { simulator.id(ofUserAt: index) }

    /// The contact of the simulator's user with that number.
    func contact(_ index: Int) throws -> Contact? { try home.contact(of: id(index)) }

    func mail(_ index: Int) -> String { simulator.directory[index].mail ?? "" }

    func setMail(_ index: Int, _ mail: String) throws {
        try simulator.patch(userAt: index, ["mail": .string(mail)])
    }

    func rename(_ index: Int, _ name: String) throws {
        try simulator.patch(userAt: index, ["displayName": .string(name)])
    }
}
