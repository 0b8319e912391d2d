import DigitRecognition
import Dispatch
import Synchronization
import Testing

struct FreeListTests {
    /// Counts the things that there are.
    private final class Count: Sendable {
        let made = Atomic<Int>(0)
        let alive = Atomic<Int>(0)
    }

    private final class Thing: Sendable {
        let number: Int
        let isUsed = Atomic<Bool>(false)
        private let count: Count

        init(_ count: Count) {
            self.count = count
            number = count.made.add(1, ordering: .relaxed).newValue
            count.alive.add(1, ordering: .relaxed)
        }

        deinit { count.alive.subtract(1, ordering: .relaxed) }
    }

    @Test func aThingIsUsedAgain() {
        let count = Count()
        let list = FreeList(limit: 2) { Thing(count) }
        #expect(count.made.load(ordering: .relaxed) == 0)
        for _ in 0..<10 { list.withItem { #expect($0.number == 1) } }
        #expect(count.made.load(ordering: .relaxed) == 1)
    }

    /// Calls inside each other, and calls of several threads.
    @Test func noTwoCallsHaveTheSameThing() {
        let count = Count()
        let list = FreeList(limit: 2) { Thing(count) }
        let collisions = Atomic<Int>(0)
        @Sendable func call(_ depth: Int) {
            list.withItem { thing in
                if thing.isUsed.exchange(true, ordering: .relaxed) { collisions.add(1, ordering: .relaxed) }
                if depth > 0 { call(depth - 1) }
                thing.isUsed.store(false, ordering: .relaxed)
            }
        }
        call(5)
        DispatchQueue.concurrentPerform(iterations: 1000) { call($0 % 3) }
        #expect(collisions.load(ordering: .relaxed) == 0)
    }

    @Test func aRushLeavesNoMoreThanTheLimitAndAnEndNothing() {
        let count = Count()
        do {
            let list = FreeList(limit: 3) { Thing(count) }
            func nested(_ depth: Int) {
                if depth > 0 { list.withItem { _ in nested(depth - 1) } }
            }
            nested(20)
            #expect(count.made.load(ordering: .relaxed) == 20)
            #expect(count.alive.load(ordering: .relaxed) == 3)
        }
        #expect(count.alive.load(ordering: .relaxed) == 0)
    }
}
