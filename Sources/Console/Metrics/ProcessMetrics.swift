import FoundationEssentials
import Glibc

/// What is customary to be known of a process, and which foxtrail it is.
struct ProcessMetrics: Sendable {
    let version: String
    /// Milliseconds since 1970.
    let startedAt: Int64

    func write(to exposition: inout Exposition) {
        exposition.add(
            "foxtrail_build_info", .gauge, "1; the version is its label.",
            [Exposition.Sample(1, (name: "version", value: version))])
        exposition.add("process_start_time_seconds", .gauge, "When the service started.", time: startedAt)
        exposition.add(
            "process_cpu_seconds_total", .counter, "Processor time, the system's on its behalf included.", cpu())
        if let memory = memory() {
            exposition.add("process_resident_memory_bytes", .gauge, "Memory that is resident.", memory)
        }
        if let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            exposition.add("process_open_fds", .gauge, "Open file descriptors.", Double(files.count))
        }
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            exposition.add("process_max_fds", .gauge, "How many there may be.", Double(limit.rlim_cur))
        }
    }

    private func cpu() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }

    private func memory() -> Double? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Double($0) }
        return pages.map { $0 * Double(getpagesize()) }
    }
}
