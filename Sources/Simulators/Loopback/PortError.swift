/// Why a simulator could not take the port that it was told.
package enum PortError: Error, Equatable {
    case inUse(Int)
    /// Ports below 1024 are the system's, on most machines.
    case notAllowed(Int)
}
