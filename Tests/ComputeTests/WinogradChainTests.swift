import TestSupport
import Testing

@Suite struct WinogradChainTests {
    @Test(arguments: [KernelSet.reference] + KernelSet.tested, WinogradTransforms.all)
    func chainEqualsDirectConvolution(set: KernelSet, transforms: WinogradTransforms) {
        forEachChain(transforms, isPooled: false) { chain, isExact, what in
            let direct = chain.direct.map { max($0, 0) }
            let bounds = isExact ? direct.map { _ in 0 } : chain.bounds
            for result in inEveryPlacement({ chain.run(set, in: $0) }) {
                expectClose(result.values, direct, within: { bounds[$0] }, what)
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested, WinogradTransforms.all)
    func chainEqualsDirectConvolutionAndPool(set: KernelSet, transforms: WinogradTransforms) {
        forEachChain(transforms, isPooled: true) { chain, isExact, what in
            let all = chain.direct
            let places = (0..<4).map { chain.atPlace($0, of: all) }
            // The first of equals.
            let routes = places[0].indices.map { index in
                (1..<4).reduce(0) { places[$1][index] > places[$0][index] ? $1 : $0 }
            }
            let values = routes.enumerated().map { max(places[$1][$0], 0) }
            let allBounds = isExact ? all.map { _ in 0 } : chain.bounds
            let placeBounds = (0..<4).map { chain.atPlace($0, of: allBounds) }
            let bounds = values.indices.map { index in placeBounds.map { $0[index] }.max()! }
            for result in inEveryPlacement({ chain.run(set, in: $0) }) {
                expectClose(result.values, values, within: { bounds[$0] }, what)
                if isExact {
                    expectIdentical(result.routes, routes.map { UInt8($0) }, what)
                } else {
                    expectAsGoodRoutes(
                        result.routes, routes.map { UInt8($0) }, values: places, bounds: bounds, what)
                }
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested, WinogradTransforms.all)
    func sameBitsHoweverTilesAreSplit(set: KernelSet, transforms: WinogradTransforms) {
        for isPooled in [false, true] {
            let chain = WinogradChain(
                transforms, channels: 19, columns: 21, isPooled: isPooled, content: .reals)
            let whole = chain.run(set, in: GuardedMemory(.misaligned))
            for tilesPerCall in 1...chain.tiles {
                for part in inEveryPlacement({ chain.run(set, in: $0, tilesPerCall: tilesPerCall) }) {
                    expectSameBits(part.values, whole.values, "\(tilesPerCall) tiles a call")
                    expectIdentical(part.routes, whole.routes, "\(tilesPerCall) tiles a call")
                }
            }
        }
    }

    private func forEachChain(
        _ transforms: WinogradTransforms, isPooled: Bool,
        _ body: (_ chain: WinogradChain, _ isExact: Bool, _ what: String) -> Void
    ) {
        for channels in [1, 3, 4, 8, 16, 19] {
            for (columns, content) in [1, 7, 16, 21].flatMap({ [($0, Content.integers), ($0, .reals)] }) {
                body(
                    WinogradChain(
                        transforms, channels: channels, columns: columns, isPooled: isPooled,
                        content: content),
                    content == .integers && transforms.weightsAreExact,
                    "\(content), \(channels) channels, \(columns) columns")
            }
        }
    }
}
