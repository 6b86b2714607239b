/// Why the console could not take its address.
package enum ConsoleError: Error, Equatable {
    case addressInUse(host: String, port: Int)
    /// Ports below 1024 are the system's, on most machines.
    case notAllowed(host: String, port: Int)
    /// The host is no address of this machine, or no host.
    case noSuchAddress(host: String)
}
