#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the program says to people.
enum Console {
    /// Writes a line to standard output at once: another program may wait for it.
    static func tell(_ line: String) { write(line, to: STDOUT_FILENO) }

    /// Writes what went wrong to standard error.
    static func complain(_ line: String) { write("Error: \(line)", to: STDERR_FILENO) }

    private static func write(_ line: String, to descriptor: Int32) {
        let bytes = Array((line + "\n").utf8)
        #if canImport(Glibc)
            _ = Glibc.write(descriptor, bytes, bytes.count)
        #else
            _ = Darwin.write(descriptor, bytes, bytes.count)
        #endif
    }
}
