import CDigitKernels

/// One kernel on one shape.
struct KernelCase {
    /// The functions of one instruction set.
    typealias Set = UnsafePointer<digits_kernels>

    /// What a call does, to be divided by its time.
    enum Work {
        /// Floating-point operations, a multiply-add counting as two. Where a kernel leaves out what does not matter, or
        /// has a cleverer algorithm, they are still those of the direct sum over what it was asked for.
        case operations(Double)
        /// Bytes read and written, for kernels that compute little.
        case bytes(Double)
    }

    /// What a convolution is used for: its outputs, the gradient of its input, or that of its weights.
    enum Pass: String, CaseIterable {
        case forward, data, weights
    }

    /// Its name in `kernels.inc`.
    let kernel: String
    let shape: String
    let work: Work
    /// Which gradient of a whole convolution a call computes, or a part of it, if it does.
    var pass: Pass?
    /// Images in a call.
    var images = 1
    /// Calls it once.
    let call: (Set) -> Void

    /// Its name in the results, for one instruction set.
    func key(_ set: String) -> String { "\(kernel)|\(shape)|\(set)" }

    /// Every case.
    static var all: [KernelCase] {
        ConvolutionShape.all.flatMap(\.forwardCases) + PlaneShape.all.flatMap(\.cases)
            + ConvolutionShape.all.flatMap(\.gradientCases) + ConvolutionShape.all.flatMap(\.winogradCases)
            + elementwiseCases + copyCases + optimizerCases
    }
}
