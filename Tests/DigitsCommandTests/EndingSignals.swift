#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The signals that ask a command to end: Ctrl-C, `kill`, and a terminal that goes away.
enum EndingSignals {
    /// Those that reach commands: `nohup` keeps the last from the tests and all that they start.
    static let all = [SIGINT, SIGTERM] + (isHangUpIgnored ? [] : [SIGHUP])

    private static var isHangUpIgnored: Bool {
        var action = sigaction()
        sigaction(SIGHUP, nil, &action)
        #if canImport(Darwin)
            let handler = action.__sigaction_u.__sa_handler
        #else
            let handler = action.__sigaction_handler.sa_handler
        #endif
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
