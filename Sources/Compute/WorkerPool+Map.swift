extension WorkerPool {
    /// What a function makes of each number of a range, in the numbers' order.
    package func map<Result: Sendable>(
        _ numbers: Range<Int>, _ make: @Sendable (Int) -> Result
    ) -> [Result] {
        var results = [Result?](repeating: nil, count: numbers.count)
        results.withUnsafeMutableBufferPointer { results in
            // Sendable: each piece writes its own place, and all live until the run ends.
            nonisolated(unsafe) let results = results
            run(pieces: numbers.count) { piece, _ in results[piece] = make(numbers.lowerBound + piece) }
        }
        return results.map { $0! }
    }
}
