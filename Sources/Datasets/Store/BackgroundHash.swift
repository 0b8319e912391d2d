internal import Dispatch

/// A running SHA-256 that is computed on another thread while the caller goes on, in the order of the calls.
// Sendable: `hash` is touched on the serial queue alone.
final class BackgroundHash: @unchecked Sendable {
    private let hash: SHA256
    private let queue = DispatchQueue(label: "digits.hash")

    /// Starts the hash of an empty message.
    /// - Throws: `DatasetError.hashUnavailable`.
    init() throws(DatasetError) {
        hash = try SHA256()
    }

    /// Appends bytes to the message; they have to stay unchanged until `wait` returns.
    /// - Parameter isLast: Whether the caller has nothing else to do meanwhile, so that no other thread need be woken.
    func update(_ bytes: UnsafeRawBufferPointer, isLast: Bool) {
        if isLast {
            queue.sync { hash.update(bytes) }
        } else {
            // Sendable: the caller leaves the bytes as they are until `wait` returns.
            nonisolated(unsafe) let bytes = bytes
            queue.async { self.hash.update(bytes) }
        }
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
