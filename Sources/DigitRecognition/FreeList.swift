import Synchronization

/// Things of which each call needs one for itself, lent to one call at a time. One is made when a call finds none; after a
/// rush of calls no more than `limit` are kept for the next. No call waits for another.
package final class FreeList<Item: AnyObject & Sendable>: Sendable {
    /// One place for each thing that may be kept. (A mutex would do; ThreadSanitizer does not see Swift's.)
    private let places: [Place]
    private let make: @Sendable () -> Item

    /// An empty list.
    /// - Precondition: `limit` is at least 1.
    package init(limit: Int, _ make: @escaping @Sendable () -> Item) {
        precondition(limit > 0, "A list that keeps nothing makes everything anew.")
        places = (0..<limit).map { _ in Place() }
        self.make = make
    }

    /// Calls `body` with an item that no other call has meanwhile.
    package func withItem(_ body: (Item) -> Void) {
        var kept: Item?
        for place in places where kept == nil { kept = place.take() }
        let item = kept ?? make()
        body(item)
        for place in places where place.keep(item) { return }
    }

    /// Room for one thing that nobody uses.
    private final class Place: Sendable {
        private let item = Atomic<Unmanaged<Item>?>(nil)

        func take() -> Item? {
            item.exchange(nil, ordering: .acquiringAndReleasing)?.takeRetainedValue()
        }

        /// Whether there was room.
        func keep(_ new: Item) -> Bool {
            let new = Unmanaged.passRetained(new)
            if item.compareExchange(expected: nil, desired: new, ordering: .acquiringAndReleasing).exchanged {
                return true
            }
            new.release()
            return false
        }

        deinit { _ = take() }
    }
}
