import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file descriptor that lines are written to, one `write` a line.
public final class LogOutput: Sendable {
    /// The descriptor; whoever made it closes it.
    private let descriptor: Int32
    // Lines longer than a pipe takes at once would mix.
    private let turn = Mutex(())

    /// An output.
    ///
    /// - Parameter descriptor: an open file descriptor, such as 2 for standard error.
    public init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Writes a line's bytes. A line that cannot be written is lost: a log must not stop the service.
    package func write(_ bytes: [UInt8]) {
        turn.withLock { _ in
            bytes.withUnsafeBytes { bytes in
                var rest = bytes[...]
                while !rest.isEmpty {
                    let buffer = UnsafeRawBufferPointer(rebasing: rest)
                    let count = systemWrite(descriptor, buffer.baseAddress, buffer.count)
                    if count > 0 {
                        rest = rest.dropFirst(count)
                    } else if errno != EINTR {
                        return
                    }
                }
            }
        }
    }
}

/// The system's `write`, which the method of the same name hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
