internal import Dispatch

/// A running SHA-256 that is computed on another thread, in the order of the calls.
final class BackgroundHash: @unchecked Sendable {
    // Touched on the queue alone; lazy, because libcrypto takes milliseconds to start.
    private lazy var hash = SHA256()
    private let queue = DispatchQueue(label: "digits.hash")

    /// Appends bytes to the message; they have to stay unchanged until `wait` returns.
    func update(_ bytes: UnsafeRawBufferPointer) {
        nonisolated(unsafe) let bytes = bytes
        queue.async { self.hash.update(bytes) }
    }

    /// Returns when all bytes have been hashed.
    func wait() {
        queue.sync {}
    }

    /// The hash of the message so far, as 64 lower-case hexadecimal digits.
    var digest: String {
        queue.sync { hash.digest() }
    }
}
