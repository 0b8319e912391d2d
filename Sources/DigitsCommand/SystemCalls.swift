import Files
package import TerminalGraphics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The few calls to the operating system that a terminal needs, in Swift's types.
package enum SystemCalls {
    /// The value of an environment variable; nil where it is not set.
    package static func environmentVariable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// True where the descriptor is a terminal.
    package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// The size of the terminal behind the descriptor, in characters; nil where it tells none.
    package static func terminalSize(_ descriptor: Int32) -> (columns: Int?, rows: Int?) {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else { return (nil, nil) }
        return (size.ws_col > 0 ? Int(size.ws_col) : nil, size.ws_row > 0 ? Int(size.ws_row) : nil)
    }

    /// Writes a text, however many calls that takes.
    /// - Throws: `OutputFailure` with the system's reason.
    package static func write(_ text: String, to descriptor: Int32) throws(OutputFailure) {
        do {
            try Array(text.utf8).withUnsafeBufferPointer { bytes throws(SystemError) in
                try FileSystem.writeAll(UnsafeRawBufferPointer(bytes), to: descriptor)
            }
        } catch {
            throw OutputFailure(reason: error.message, isUnread: error == .brokenPipe)
        }
    }

    /// Lets writing into a pipe that nobody reads fail; else it ends the process on the spot.
    package static func surviveUnreadOutput() { signal(SIGPIPE, SIG_IGN) }
}
