import ArgumentParser

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What a case may take.
struct Limits: ParsableArguments {
    @Option(
        help:
            "How long a case may keep a processor busy, in seconds; by the clock it may take ten times as long."
    )
    var caseSeconds = 20.0

    @Option(help: "How much memory a process may take, in megabytes.")
    var megabytes = 1024

    func validate() throws {
        guard caseSeconds >= 0.1, megabytes > 0 else {
            throw ValidationError("--case-seconds must be at least 0.1, and --megabytes above 0.")
        }
    }

    /// The same as options of a process.
    var arguments: [String] { ["--case-seconds", "\(caseSeconds)", "--megabytes", "\(megabytes)"] }

    /// How long nothing needs to be heard of a case: other programs may keep the processors busy.
    var silence: Double { 10 * caseSeconds }

    /// Lets no allocation succeed that is far beyond the limit. Address space is more than memory: libraries and threads' heaps
    /// reserve what they never touch.
    func limitAddressSpace() {
        let bytes = UInt64(megabytes) * 2_000_000 + 2_000_000_000
        var limit = rlimit()
        #if canImport(Darwin)
            let kind = RLIMIT_AS
        #else
            let kind = __rlimit_resource_t(RLIMIT_AS.rawValue)
        #endif
        guard getrlimit(kind, &limit) == 0 else { return }
        limit.rlim_cur = min(rlim_t(bytes), limit.rlim_max)
        setrlimit(kind, &limit)
    }

    /// From now on a case has its time: the signal SIGPROF ends the process when it is over.
    func startTime() {
        let whole = caseSeconds.rounded(.down)
        var timer = itimerval()
        timer.it_value.tv_sec = Int(whole)
        timer.it_value.tv_usec = .init((caseSeconds - whole) * 1e6)
        #if canImport(Darwin)
            let kind = ITIMER_PROF
        #else
            let kind = __itimer_which_t(ITIMER_PROF.rawValue)
        #endif
        setitimer(kind, &timer, nil)
    }

    /// What is wrong with how much memory was taken; nil where it is within the limit.
    func memoryFault(_ usage: ProcessUsage) -> String? {
        usage.megabytes > megabytes
            ? "It took \(usage.megabytes) MB of memory, where \(megabytes) MB are allowed (--megabytes)."
            : nil
    }

    /// What a signal says that ended a process.
    func sentence(signal: Int32) -> String {
        signal == SIGPROF
            ? "It kept a processor busy for more than \(caseSeconds) s (--case-seconds)."
            : "The process was ended by signal \(signal): a trap, or no memory within the limit (--megabytes)."
    }
}
