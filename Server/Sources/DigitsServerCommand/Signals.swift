import ServiceLifecycle
import UnixSignals

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What signals do.
enum Signals {
    /// Lets the first signal end the services in order, and the second one the process at once.
    static func obey(_ signals: UnixSignalsSequence, _ group: ServiceGroup) async {
        var isFirst = true
        for await signal in signals {
            guard isFirst else { _exit(128 + (signal == .sigint ? SIGINT : SIGTERM)) }
            isFirst = false
            await group.triggerGracefulShutdown()
        }
    }
}
