import CDigitKernels
import TestSupport
import Testing

/// A kernel with a fault, and the comparison with the reference that has to find it.
struct BrokenKernel: Sendable, CustomTestStringConvertible {
    /// As in kernels.inc.
    let kernel: String
    let isIdle: Bool
    /// Puts the faulty one in the sound one's place.
    let replace: @Sendable (inout digits_kernels) -> Void
    /// The comparison, on a problem that is not empty.
    let check: @Sendable (KernelSet) -> Void

    var testDescription: String { "\(kernel) \(isIdle ? "idle" : "without places")" }

    /// One that does nothing.
    init(
        _ kernel: String, idle replace: @escaping @Sendable (inout digits_kernels) -> Void,
        check: @escaping @Sendable (KernelSet) -> Void
    ) {
        (self.kernel, isIdle, self.replace, self.check) = (kernel, true, replace, check)
    }

    /// One that does not say where the largest was.
    init(
        _ kernel: String, withoutPlaces replace: @escaping @Sendable (inout digits_kernels) -> Void,
        check: @escaping @Sendable (KernelSet) -> Void
    ) {
        (self.kernel, isIdle, self.replace, self.check) = (kernel, false, replace, check)
    }
}

/// Every kernel is really checked: the test that compares it with the reference fails where it does nothing, or where it
/// leaves out one of its two results.
@Suite struct BrokenKernelTests {
    @Test(arguments: BrokenKernel.all)
    func aBrokenKernelIsFound(broken: BrokenKernel) throws {
        let portable = try #require(KernelSet.tested.first { $0.name == "portable" })
        var kernels = portable.kernels
        broken.replace(&kernels)
        withKnownIssue { withFirstDifferenceAlone { broken.check(KernelSet(kernels)) } }
    }

    @Test func everyKernelIsBrokenOnce() throws {
        let idle = BrokenKernel.all.filter(\.isIdle).map(\.kernel)
        #expect(try idle.sorted() == KernelListTests.listedKernels().sorted())
    }
}

extension BrokenKernel {
    static let all: [BrokenKernel] =
        contractions + planes + winograd + copies + poolings + elementwise + images + optimizers

    private static let contractions: [BrokenKernel] = [
        BrokenKernel("pack_panels", idle: { $0.pack_panels = { _, _, _, _ in } }) {
            GatherGemmTests().packPanelsEqualsReference(set: $0, columns: 17)
        },
        BrokenKernel("unpack_panel", idle: { $0.unpack_panel = { _, _, _, _, _ in } }) {
            OuterGemmTests().unpackPanelEqualsReference(set: $0, columns: 5)
        },
        BrokenKernel("gather_gemm", idle: { $0.gather_gemm = { _ in } }) {
            GatherGemmTests().gatherGemmAgreesWithReference(set: $0, shape: (5, 17))
        },
        BrokenKernel("gather_gemm_pool", idle: { $0.gather_gemm_pool = { _ in } }) {
            GatherGemmTests().gatherGemmPoolAgreesWithReference(set: $0, shape: (5, 17))
        },
        BrokenKernel(
            "gather_gemm_pool",
            withoutPlaces: {
                $0.gather_gemm_pool = { call in
                    var call = call!.pointee
                    withScratch {
                        call.route = $0
                        KernelSet.reference.kernels.gather_gemm_pool(&call)
                    }
                }
            }
        ) { GatherGemmTests().gatherGemmPoolAgreesWithReference(set: $0, shape: (5, 17)) },
        BrokenKernel("batch_gemm", idle: { $0.batch_gemm = { _ in } }) {
            BatchGemmTests().batchGemmAgreesWithReference(set: $0, rows: 5)
        },
        BrokenKernel("batch_outer_gemm", idle: { $0.batch_outer_gemm = { _ in } }) {
            BatchGemmTests().batchOuterGemmAgreesWithReference(set: $0, rows: 5)
        },
        BrokenKernel("outer_gemm", idle: { $0.outer_gemm = { _ in } }) {
            OuterGemmTests().outerGemmAgreesWithReference(set: $0, rows: 5)
        },
        BrokenKernel("accumulate_windows", idle: { $0.accumulate_windows = { _ in } }) {
            AccumulateWindowsTests().accumulateWindowsAgreesWithReference(set: $0, window: (2, 3))
        },
        BrokenKernel("list_channels", idle: { $0.list_channels = { _ in } }) {
            ListTests().listChannelsEqualsReference(set: $0, shape: (7, 5))
        },
        BrokenKernel("list_positions", idle: { $0.list_positions = { _ in } }) {
            ListTests().listPositionsEqualsReference(set: $0, shape: (7, 5))
        },
    ]

    private static let planes: [BrokenKernel] = [
        BrokenKernel("list_patches", idle: { $0.list_patches = { _, _, _, _ in } }) {
            PlaneTests().listPatchesEqualsReference(set: $0, kernel: (3, 3))
        },
        BrokenKernel("plane_pool", idle: { $0.plane_pool = { _ in } }) {
            PlaneTests().planePoolAgreesWithReference(set: $0, kernel: (2, 2))
        },
        BrokenKernel(
            "plane_pool",
            withoutPlaces: {
                $0.plane_pool = { call in
                    var call = call!.pointee
                    withScratch {
                        call.route = $0
                        KernelSet.reference.kernels.plane_pool(&call)
                    }
                }
            }
        ) { PlaneTests().planePoolAgreesWithReference(set: $0, kernel: (2, 2)) },
        BrokenKernel("plane_weight_gradient", idle: { $0.plane_weight_gradient = { _ in } }) {
            PlaneTests().planeWeightGradientAgreesWithReference(set: $0, kernel: (2, 2))
        },
    ]

    private static let winograd: [BrokenKernel] = [
        BrokenKernel("winograd_weights", idle: { $0.winograd_weights = { _ in } }) {
            WinogradTests().winogradWeightsAgreeWithReference(set: $0, transforms: .all[0])
        },
        BrokenKernel("winograd_weight_gradient", idle: { $0.winograd_weight_gradient = { _, _, _, _ in } }) {
            WinogradTests().winogradWeightGradientAgreesWithReference(set: $0, transforms: .all[0])
        },
        BrokenKernel("winograd_input", idle: { $0.winograd_input = { _ in } }) {
            WinogradTests().winogradInputAgreesWithReference(set: $0, transforms: .all[0])
        },
        BrokenKernel("winograd_input_gradient", idle: { $0.winograd_input_gradient = { _ in } }) {
            WinogradTests().winogradInputGradientAgreesWithReference(set: $0, transforms: .all[0])
        },
        BrokenKernel("winograd_output", idle: { $0.winograd_output = { _ in } }) {
            WinogradTests().winogradOutputAgreesWithReference(set: $0, transforms: .all[0])
        },
        BrokenKernel("winograd_output_gradient", idle: { $0.winograd_output_gradient = { _ in } }) {
            WinogradTests().winogradOutputGradientAgreesWithReference(set: $0, transforms: .all[0])
        },
        BrokenKernel("winograd_output_pool", idle: { $0.winograd_output_pool = { _ in } }) {
            WinogradTests().winogradOutputPoolAgreesWithReference(set: $0, transforms: .all[0])
        },
        BrokenKernel(
            "winograd_output_pool",
            withoutPlaces: {
                $0.winograd_output_pool = { call in
                    var call = call!.pointee
                    withScratch {
                        call.route = $0
                        KernelSet.reference.kernels.winograd_output_pool(&call)
                    }
                }
            }
        ) { WinogradTests().winogradOutputPoolAgreesWithReference(set: $0, transforms: .all[0]) },
    ]

    private static let copies: [BrokenKernel] = [
        BrokenKernel("image_to_blocks", idle: { $0.image_to_blocks = { _, _, _ in } }) {
            BlocksTests().imageToBlocksEqualsReference(set: $0, channels: 5)
        },
        BrokenKernel("blocks_to_image", idle: { $0.blocks_to_image = { _, _, _ in } }) {
            BlocksTests().blocksToImageEqualsReference(set: $0, channels: 5)
        },
    ]

    private static let window = PoolingShape(input: (5, 6), window: (3, 3), stride: (1, 1), padding: (1, 1))

    private static let poolings: [BrokenKernel] = [
        BrokenKernel("max_pool", idle: { $0.max_pool = { _, _, _, _ in } }) {
            PoolingTests().maxPoolEqualsReference(set: $0, shape: window)
        },
        BrokenKernel(
            "max_pool",
            withoutPlaces: {
                $0.max_pool = { call, x, y, _ in
                    withScratch { (route: UnsafeMutablePointer<UInt16>) in
                        KernelSet.reference.kernels.max_pool(call, x, y, route)
                    }
                }
            }
        ) { PoolingTests().maxPoolEqualsReference(set: $0, shape: window) },
        BrokenKernel("max_pool_backward", idle: { $0.max_pool_backward = { _, _, _, _ in } }) {
            PoolingTests().maxPoolBackwardAgreesWithReference(set: $0, shape: window)
        },
        BrokenKernel("average_pool", idle: { $0.average_pool = { _, _, _ in } }) {
            PoolingTests().averagePoolAgreesWithReference(set: $0, shape: window)
        },
        BrokenKernel("average_pool_backward", idle: { $0.average_pool_backward = { _, _, _ in } }) {
            PoolingTests().averagePoolBackwardAgreesWithReference(set: $0, shape: window)
        },
    ]

    private static let elementwise: [BrokenKernel] = [
        BrokenKernel("relu", idle: { $0.relu = { _, _, _ in } }) {
            ElementwiseTests().reluEqualsReference(set: $0, count: 5)
        },
        BrokenKernel("relu_backward", idle: { $0.relu_backward = { _, _, _, _ in } }) {
            ElementwiseTests().reluBackwardEqualsReference(set: $0, count: 5)
        },
        BrokenKernel("leaky_relu", idle: { $0.leaky_relu = { _, _, _, _ in } }) {
            ElementwiseTests().leakyReluEqualsReference(set: $0, count: 5)
        },
        BrokenKernel("leaky_relu_backward", idle: { $0.leaky_relu_backward = { _, _, _, _, _ in } }) {
            ElementwiseTests().leakyReluBackwardEqualsReference(set: $0, count: 5)
        },
        BrokenKernel("channel_sums", idle: { $0.channel_sums = { _, _, _, _, _ in } }) {
            ChannelTests().channelSumsAgreeWithReference(set: $0, rows: 7)
        },
        BrokenKernel("channel_moments", idle: { $0.channel_moments = { _, _, _, _, _, _, _ in } }) {
            ChannelTests().channelMomentsAgreeWithReference(set: $0, rows: 7)
        },
        BrokenKernel(
            "channel_gradients", idle: { $0.channel_gradients = { _, _, _, _, _, _, _, _, _, _ in } }
        ) {
            ChannelTests().channelGradientsAgreeWithReference(set: $0, rows: 7)
        },
        BrokenKernel("channel_affine", idle: { $0.channel_affine = { _, _, _, _, _, _, _, _ in } }) {
            ChannelTests().channelAffineAgreesWithReference(set: $0, rows: 7)
        },
        BrokenKernel(
            "channel_affine_pair", idle: { $0.channel_affine_pair = { _, _, _, _, _, _, _, _, _, _ in } }
        ) { ChannelTests().channelAffinePairAgreesWithReference(set: $0, rows: 7) },
    ]

    private static let images: [BrokenKernel] = [
        BrokenKernel("thicken_image", idle: { $0.thicken_image = { _, _, _, _, _ in } }) {
            WarpTests().thickenedImagesEqualReference(set: $0, size: (3, 7))
        },
        BrokenKernel("warp_image", idle: { $0.warp_image = { _ in } }) {
            WarpTests().warpedImagesAgreeWithReference(set: $0, size: (3, 7))
        },
    ]

    private static let optimizers: [BrokenKernel] = [
        BrokenKernel("sgd", idle: { $0.sgd = { _, _, _, _, _ in } }) {
            OptimizerKernelTests().sgdAgreesWithReference(set: $0, count: 5)
        },
        BrokenKernel("adam", idle: { $0.adam = { _, _, _, _, _, _ in } }) {
            OptimizerKernelTests().adamAgreesWithReference(set: $0, count: 5)
        },
        BrokenKernel("rmsprop", idle: { $0.rmsprop = { _, _, _, _, _, _ in } }) {
            OptimizerKernelTests().rmspropAgreesWithReference(set: $0, count: 5)
        },
    ]
}

/// Lends memory for results that nobody looks at: more than any problem here has.
private func withScratch<Element>(_ body: (UnsafeMutablePointer<Element>) -> Void) {
    withUnsafeTemporaryAllocation(of: Element.self, capacity: 1 << 16) { body($0.baseAddress!) }
}
