package import Compute

/// What all steps of a plan are made for.
package struct PlanSetting: Sendable {
    /// The most images in a batch.
    package let capacity: Int
    /// Images that one thread takes through all steps together.
    package let groupSize: Int
    /// Number of threads.
    package let workers: Int
    /// The instruction set.
    package let kernels: Kernels
}
