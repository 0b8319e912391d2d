import AllocationCounter
package import Testing

/// The heap allocations of the threads that take part.
// Sendable: the counter is atomic in C.
package final class AllocationCount: @unchecked Sendable {
    // Read and written by atomic operations alone. Never freed: the threads count to the end of their lives.
    private let counter = UnsafeMutablePointer<Int>.allocate(capacity: 1)

    package init() { counter.initialize(to: 0) }

    /// Whether allocations can be counted here.
    package static var works: Bool { allocation_counter_works() }
    /// Why a test of them is skipped.
    package static let skipped: Comment = "The C library's allocator cannot be counted here."

    /// The calling thread takes part from now on.
    package func takePart() { allocation_counter_set(counter) }

    /// The calling thread takes part no longer.
    package func leave() { allocation_counter_set(nil) }

    package var value: Int { allocation_counter_read(counter) }

    /// How many allocations the calling thread makes in `body`.
    package static func during(_ body: () throws -> Void) rethrows -> Int {
        let count = AllocationCount()
        count.takePart()
        defer { count.leave() }
        try body()
        return count.value
    }
}
