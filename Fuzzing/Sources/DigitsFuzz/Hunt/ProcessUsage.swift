#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What this process has taken.
struct ProcessUsage: Equatable {
    /// The most memory at a time.
    var megabytes = 0
    /// Time of processors.
    var seconds = 0.0

    static var now: ProcessUsage {
        var usage = rusage()
        #if canImport(Darwin)
            getrusage(RUSAGE_SELF, &usage)
            let bytes = usage.ru_maxrss
        #else
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            let bytes = usage.ru_maxrss * 1024
        #endif
        let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
        let microseconds = usage.ru_utime.tv_usec + usage.ru_stime.tv_usec
        return ProcessUsage(
            megabytes: bytes / 1_000_000, seconds: Double(seconds) + Double(microseconds) / 1e6)
    }
}
