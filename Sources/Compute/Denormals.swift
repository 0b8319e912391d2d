import CDigitKernels

/// Calls `body` while denormal numbers count as zero on this thread. Afterwards, and when `body` throws, the thread does with them
/// what it did before.
///
/// A pool's threads work so, and whoever computes outside of a pool what a network computes calls this for the same bits.
package func withoutDenormals<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
    let state = digits_flush_denormals()
    defer { digits_restore(state) }
    return try body()
}
