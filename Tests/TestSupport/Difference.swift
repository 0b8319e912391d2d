import Synchronization
package import Testing

/// Records a difference that a comparison has found as an issue.
package func recordDifference(_ what: String, _ sourceLocation: SourceLocation) {
    if let limit = FirstDifference.limit, limit.isReached.exchange(true, ordering: .relaxed) { return }
    Issue.record("\(what)", sourceLocation: sourceLocation)
}

/// Lets comparisons within `body` record the first difference alone, where many are known to be found.
package func withFirstDifferenceAlone(_ body: () throws -> Void) rethrows {
    try FirstDifference.$limit.withValue(FirstDifference(), operation: body)
}

private final class FirstDifference: Sendable {
    @TaskLocal static var limit: FirstDifference?

    let isReached = Atomic(false)
}
