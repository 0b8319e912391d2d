import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Ctrl-C during long work: the first asks for a tidy end, the second forces one.
package enum Interrupts {
    /// The exit code of a command that Ctrl-C ended.
    // Computed anew each time: a constant would be made when it is first read, which a signal handler must not do.
    package static var exitCode: Int32 { CommandFailure.Code.interrupted.rawValue }

    private static let count = Atomic<Int>(0)

    /// True once Ctrl-C was pressed.
    package static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }

    /// Catches Ctrl-C from now on. A second one ends the process at once with `exitCode`. Installing it again forgets none.
    package static func install() {
        // Reading it here makes sure that it exists before a signal handler needs it.
        _ = count.load(ordering: .relaxed)
        var action = sigaction()
        action.sa_flags = SA_RESTART
        let handler: @convention(c) (Int32) -> Void = { _ in
            // Only calls that a signal handler may make.
            if Interrupts.count.add(1, ordering: .relaxed).oldValue > 0 { _exit(Interrupts.exitCode) }
        }
        #if canImport(Darwin)
            action.__sigaction_u.__sa_handler = handler
        #else
            action.__sigaction_handler.sa_handler = handler
        #endif
        sigaction(SIGINT, &action, nil)
    }
}
