import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What asks long work to end: Ctrl-C, `kill`, a terminal that goes away. The first signal asks for a tidy end, the second forces one.
package enum Interrupts {
    /// The first signal that came; 0 for none.
    private static let signal = Atomic<Int32>(0)

    /// True once a signal came.
    package static var isRequested: Bool { signal.load(ordering: .relaxed) != 0 }

    /// The exit code of a command that was asked to end.
    package static var code: CommandFailure.Code {
        switch signal.load(ordering: .relaxed) {
        case SIGTERM: .terminated
        case SIGHUP: .hungUp
        default: .interrupted
        }
    }

    /// Catches the signals from now on. A second one ends the process at once, with 128 and its number as the exit code. Installing it
    /// again forgets none.
    package static func install() {
        // Reading it here makes sure that it exists before a signal handler needs it.
        _ = signal.load(ordering: .relaxed)
        let handler: @convention(c) (Int32) -> Void = { number in
            // Only calls that a signal handler may make.
            let (isFirst, _) = Interrupts.signal.compareExchange(
                expected: 0, desired: number, ordering: .relaxed)
            // A shell and the system both tell of one terminal that has gone: that is nobody's impatience.
            if !isFirst && number != SIGHUP { _exit(128 + number) }
        }
        for number in [SIGINT, SIGTERM, SIGHUP] {
            var action = sigaction()
            sigaction(number, nil, &action)
            // What `nohup` starts outlives its terminal.
            if number == SIGHUP && action.isIgnoring { continue }
            action = sigaction()
            action.sa_flags = SA_RESTART
            #if canImport(Darwin)
                action.__sigaction_u.__sa_handler = handler
            #else
                action.__sigaction_handler.sa_handler = handler
            #endif
            sigaction(number, &action, nil)
        }
    }
}

extension sigaction {
    /// Whether the signal does nothing.
    fileprivate var isIgnoring: Bool {
        #if canImport(Darwin)
            let handler = __sigaction_u.__sa_handler
        #else
            let handler = __sigaction_handler.sa_handler
        #endif
        // Functions cannot be compared, but this one is a number.
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
