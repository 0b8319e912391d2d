import Synchronization

/// Things of which each call needs one for itself, lent to one call at a time. There are as many as calls have ever run
/// at the same time; the first is made for the first call.
final class FreeList<Item: Sendable>: Sendable {
    private let free = Mutex<[Item]>([])
    private let make: @Sendable () -> Item

    init(_ make: @escaping @Sendable () -> Item) { self.make = make }

    /// Calls `body` with an item that no other call has meanwhile.
    func withItem(_ body: (Item) -> Void) {
        let item = free.withLock { $0.popLast() } ?? make()
        body(item)
        free.withLock { $0.append(item) }
    }
}
