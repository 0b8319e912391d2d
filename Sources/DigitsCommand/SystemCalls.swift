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

    /// Makes a folder.
    /// - Returns: 0, or the system's error number.
    package static func makeFolder(_ path: String) -> Int32 { mkdir(path, 0o777) == 0 ? 0 : errno }

    /// Whether this process may make files in a folder.
    /// - Returns: 0, or the error number of the system's refusal.
    package static func refusalToWrite(in folder: String) -> Int32 {
        access(folder, W_OK | X_OK) == 0 ? 0 : errno
    }

    /// Whether there is something at a path.
    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Removes a file, if it can be.
    package static func removeFile(_ path: String) { unlink(path) }

    /// Removes an empty folder, if it can be.
    package static func removeFolder(_ path: String) { rmdir(path) }

    /// The names in a folder, in no order.
    /// - Returns: nil where it cannot be read; the system's error number is the other value, else 0.
    package static func names(in folder: String) -> (names: [String]?, error: Int32) {
        guard let stream = opendir(folder) else { return (nil, errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return (names, 0)
    }

    /// Writes all bytes, however many calls that takes.
    /// - Throws: `OutputFailure` with the system's reason.
    package static func write(_ text: String, to descriptor: Int32) throws(OutputFailure) {
        let failure: OutputFailure? = Array(text.utf8).withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let count = systemWrite(
                    descriptor, bytes.baseAddress! + written, bytes.count - written)
                if count < 0 {
                    if errno == EINTR { continue }
                    return OutputFailure(reason: String(cString: strerror(errno)))
                }
                written += count
            }
            return nil
        }
        if let failure { throw failure }
    }

    private static let systemWrite: @Sendable (Int32, UnsafeRawPointer, Int) -> Int = {
        descriptor, bytes, count in
        #if canImport(Glibc)
            Glibc.write(descriptor, bytes, count)
        #elseif canImport(Musl)
            Musl.write(descriptor, bytes, count)
        #else
            Darwin.write(descriptor, bytes, count)
        #endif
    }
}
