import CDigitKernels
import Compute
import Foundation
import Synchronization
import Testing

@Suite struct WorkerPoolTests {
    @Test(arguments: [1, 2, 3, 8])
    func everyPieceIsDoneExactlyOnce(threads: Int) {
        let pool = WorkerPool(threads: threads)
        #expect(pool.threads == threads)
        for pieces in Array(0...40) + [63, 64, 65, 100, 999, 1000] {
            let counts = Counters(pieces)
            let strangers = Atomic<Int>(0)
            pool.run(pieces: pieces) { piece, worker in
                counts.increment(piece)
                if !(0..<threads).contains(worker) { strangers.add(1, ordering: .relaxed) }
            }
            #expect(counts.values == .init(repeating: 1, count: pieces))
            #expect(strangers.load(ordering: .relaxed) == 0)
        }
    }

    @Test(arguments: [2, 3, 8])
    func thousandsOfShortRunsLoseNothing(threads: Int) {
        let pool = WorkerPool(threads: threads)
        // No atomics: the end of a run must publish what the pieces wrote.
        let sums = FloatBuffer(count: 16)
        for _ in 0..<5000 {
            pool.run(pieces: 16) { piece, _ in sums.pointer[piece] += 1 }
        }
        #expect(Array(sums.floats) == .init(repeating: 5000, count: 16))
    }

    @Test func runsAfterPausesWakeSleepingThreads() async throws {
        let pool = WorkerPool(threads: 3)
        for _ in 0..<20 {
            // Longer than the threads spin.
            try await Task.sleep(for: .milliseconds(2))
            let counts = Counters(9)
            pool.run(pieces: 9) { piece, _ in counts.increment(piece) }
            #expect(counts.values == .init(repeating: 1, count: 9))
        }
    }

    @Test func poolsComeAndGo() {
        for round in 0..<200 {
            let pool = WorkerPool(threads: 1 + round % 5)
            // Some end without ever having worked.
            guard round % 3 != 0 else { continue }
            let counts = Counters(7)
            pool.run(pieces: 7) { piece, _ in counts.increment(piece) }
            #expect(counts.values == .init(repeating: 1, count: 7))
        }
    }

    @Test func moreThreadsThanProcessorsFinish() {
        let pool = WorkerPool(threads: 40)
        for _ in 0..<50 {
            let counts = Counters(100)
            pool.run(pieces: 100) { piece, _ in counts.increment(piece) }
            #expect(counts.values == .init(repeating: 1, count: 100))
        }
    }

    @Test func aWorkerNeverRunsTwoPiecesAtOnce() {
        let pool = WorkerPool(threads: 4)
        let inside = Counters(4)
        let collisions = Atomic<Int>(0)
        for _ in 0..<200 {
            pool.run(pieces: 50) { _, worker in
                if inside.add(1, to: worker) != 0 { collisions.add(1, ordering: .relaxed) }
                _ = inside.add(-1, to: worker)
            }
        }
        #expect(collisions.load(ordering: .relaxed) == 0)
    }

    @Test func aPoolThatIsReenteredTraps() async {
        let fromInside = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let pool = WorkerPool(threads: 2)
            pool.run(pieces: 2) { _, _ in pool.run(pieces: 1) { _, _ in } }
        }
        #expect(says(fromInside, "from inside a body"))
        let fromASecondThread = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            let (first, second) = (WorkerPool(threads: 1), WorkerPool(threads: 2))
            let entered = Atomic<Int>(0)
            second.run(pieces: 2) { _, _ in
                // Both threads are here, and one comes second.
                entered.add(1, ordering: .sequentiallyConsistent)
                while entered.load(ordering: .sequentiallyConsistent) < 2 { digits_pause() }
                first.run(pieces: 1) { _, _ in
                    entered.add(1, ordering: .sequentiallyConsistent)
                    while entered.load(ordering: .sequentiallyConsistent) < 4 { digits_pause() }
                }
            }
        }
        #expect(says(fromASecondThread, "from a second thread"))
    }

    private func says(_ result: ExitTest.Result?, _ text: String) -> Bool {
        String(decoding: result?.standardErrorContent ?? [], as: UTF8.self).contains(text)
    }

    /// The caller waits while the other thread takes its time over a piece.
    @Test func aThreadThatWaitsSleeps() {
        let pool = WorkerPool(threads: 2)
        let otherHasBegun = Atomic<Bool>(false)
        let before = processorSeconds()
        pool.run(pieces: 2) { _, worker in
            if worker == 0 {
                while !otherHasBegun.load(ordering: .relaxed) { Thread.sleep(forTimeInterval: 0.001) }
            } else {
                otherHasBegun.store(true, ordering: .relaxed)
                Thread.sleep(forTimeInterval: 0.2)
            }
        }
        #expect(processorSeconds() - before < 0.05)
    }

    @Test(arguments: [1, 2, 8])
    func denormalsAreFlushedInsideARunAndKeptAfter(threads: Int) {
        let pool = WorkerPool(threads: threads)
        let denormal = opaque(Float.leastNormalMagnitude)
        let flushed = FloatBuffer(.init(repeating: 777, count: 64))
        #expect(denormal / opaque(2) != 0)
        pool.run(pieces: 64) { piece, _ in flushed.pointer[piece] = denormal / opaque(2) }
        #expect(Array(flushed.floats) == .init(repeating: 0, count: 64))
        #expect(denormal / opaque(2) == Float.leastNormalMagnitude / 2)
    }

    @Test func formerStateIsRestoredEvenIfItFlushed() {
        let outer = digits_flush_denormals()
        let pool = WorkerPool(threads: 2)
        pool.run(pieces: 4) { _, _ in }
        #expect(opaque(Float.leastNormalMagnitude) / opaque(2) == 0)
        digits_restore(outer)
        #expect(opaque(Float.leastNormalMagnitude) / opaque(2) != 0)
    }
}

/// What the calling thread has had of a processor.
private func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Integers that several threads count.
private final class Counters: Sendable {
    private let counters: [Counter]

    private final class Counter: Sendable {
        let value = Atomic<Int>(0)
    }

    init(_ count: Int) {
        counters = (0..<count).map { _ in Counter() }
    }

    func increment(_ index: Int) {
        _ = add(1, to: index)
    }

    /// Returns the count before.
    func add(_ number: Int, to index: Int) -> Int {
        counters[index].value.add(number, ordering: .relaxed).oldValue
    }

    var values: [Int] { counters.map { $0.value.load(ordering: .relaxed) } }
}
