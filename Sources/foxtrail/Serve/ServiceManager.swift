import Foundation

/// Tells systemd how the service stands (sd_notify(3)): a datagram to the socket that it names, where there is one.
enum ServiceManager {
    /// How many events lie between two tellings.
    private static let step: Int64 = 20_000

    /// The journal is taken in anew, as after an upgrade: that may take longer than systemd waits for a start, which is
    /// asked for two minutes more each time.
    static func tellFolding(_ events: Int64, of all: Int64) {
        guard events.isMultiple(of: step) || events <= 1000 else { return }
        tell("STATUS=folding: \(events) of \(all) events\nEXTEND_TIMEOUT_USEC=120000000")
    }

    static func tell(_ state: String) {
        guard let path = ProcessInfo.processInfo.environment["NOTIFY_SOCKET"], path.count > 1,
            path.hasPrefix("/") || path.hasPrefix("@")
        else { return }
        var name = Array(path.utf8)
        // An abstract one, which is no file.
        if name[0] == UInt8(ascii: "@") { name[0] = 0 }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let length = socklen_t(MemoryLayout.size(ofValue: address.sun_family) + name.count)
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, state, state.utf8.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
    }
}
