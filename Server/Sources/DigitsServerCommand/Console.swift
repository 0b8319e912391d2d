#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the program says to people.
enum Console {
    /// Writes a line to standard output at once: another program may wait for it.
    static func tell(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(STDOUT_FILENO, bytes, bytes.count)
    }
}
