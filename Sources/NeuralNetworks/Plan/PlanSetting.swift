import Compute

/// What all steps of a plan are made for.
package struct PlanSetting: Sendable {
    /// The most images in a batch.
    let capacity: Int
    /// Images that one thread takes through all steps together.
    let groupSize: Int
    /// Number of threads.
    let workers: Int
    /// The instruction set.
    let kernels: Kernels

    /// The most images that one thread takes through the steps together.
    package static let largestGroup = 4
}
