import CDigitKernels
import TestSupport
import Testing

/// An image and its blocks of channels, with room between rows, blocks and behind neither.
private struct BlocksProblem {
    let rows, columns, channels, width, rowStride, blockStride: Int
    let image: [Float]

    var description: String { "\(rows)×\(columns)×\(channels) in blocks of \(width)" }

    init(rows: Int, columns: Int, channels: Int, width: Int) {
        (self.rows, self.columns, self.channels, self.width) = (rows, columns, channels, width)
        rowStride = columns * width + 3
        blockStride = rows * rowStride + 1
        var numbers = Numbers(.special)
        image = numbers.floats(rows * columns * channels)
    }

    /// Floats up to the last channel that there is.
    var blocksCount: Int {
        guard !image.isEmpty else { return 0 }
        let last = (channels - 1) / width
        return last * blockStride + (rows - 1) * rowStride + (columns - 1) * width + channels - last * width
    }

    private var layout: digits_blocks {
        digits_blocks(
            rows: rows, columns: columns, channels: channels, width: width, row_stride: rowStride,
            block_stride: blockStride)
    }

    /// What is in no channel stays 777.
    func blocks(_ set: KernelSet, in memory: GuardedMemory) -> [Float] {
        let blocks = memory.variable([Float](repeating: 777, count: blocksCount))
        var layout = layout
        set.kernels.image_to_blocks(&layout, memory.constant(image), blocks.baseAddress)
        return Array(blocks)
    }

    func image(_ set: KernelSet, from blocks: [Float], in memory: GuardedMemory) -> [Float] {
        let image = memory.variable([Float](repeating: 777, count: image.count))
        var layout = layout
        set.kernels.blocks_to_image(&layout, memory.constant(blocks), image.baseAddress)
        return Array(image)
    }
}

private let extents = [(0, 2), (2, 0), (1, 1), (3, 5), (4, 1)].map { (rows: $0.0, columns: $0.1) }
private let widths = [1, 3, 4, 8, 12, 16, 40]

@Suite struct BlocksTests {
    @Test(arguments: KernelSet.tested, extentsAroundWidths)
    func imageToBlocksEqualsReference(set: KernelSet, channels: Int) {
        forEachProblem(channels) { problem in
            let expected = inEveryPlacement { problem.blocks(.reference, in: $0) }[0]
            for result in inEveryPlacement({ problem.blocks(set, in: $0) }) {
                expectSameBits(result, expected, problem.description)
            }
        }
    }

    @Test(arguments: KernelSet.tested, extentsAroundWidths)
    func blocksToImageEqualsReference(set: KernelSet, channels: Int) {
        forEachProblem(channels) { problem in
            var numbers = Numbers(.special, seed: 2)
            let blocks = numbers.floats(problem.blocksCount)
            let expected = inEveryPlacement { problem.image(.reference, from: blocks, in: $0) }[0]
            for result in inEveryPlacement({ problem.image(set, from: blocks, in: $0) }) {
                expectSameBits(result, expected, problem.description)
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested, extentsAroundWidths)
    func anImageComesBackFromItsBlocks(set: KernelSet, channels: Int) {
        forEachProblem(channels) { problem in
            let blocks = problem.blocks(set, in: GuardedMemory(.endsAtInaccessiblePage))
            let image = problem.image(set, from: blocks, in: GuardedMemory(.endsAtInaccessiblePage))
            expectSameBits(image, problem.image, problem.description)
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func threeChannelsInBlocksOfTwoAreAsDrawn(set: KernelSet) {
        // Two rows of two pixels; a float of room after each row and another after the block.
        let image: [Float] = (1...12).map { Float($0) }
        var layout = digits_blocks(
            rows: 2, columns: 2, channels: 3, width: 2, row_stride: 5, block_stride: 11)
        let blocks: [Float] = [1, 2, 4, 5, 0, 7, 8, 10, 11, 0, 0, 3, 0, 6, 0, 0, 9, 0, 12]
        for result in inEveryPlacement({ memory in
            let result = memory.variable([Float](repeating: 0, count: blocks.count))
            set.kernels.image_to_blocks(&layout, memory.constant(image), result.baseAddress)
            return Array(result)
        }) { #expect(result == blocks) }
        for result in inEveryPlacement({ memory in
            let result = memory.variable([Float](repeating: 0, count: image.count))
            set.kernels.blocks_to_image(&layout, memory.constant(blocks), result.baseAddress)
            return Array(result)
        }) { #expect(result == image) }
    }

    private func forEachProblem(_ channels: Int, _ body: (BlocksProblem) -> Void) {
        for width in widths {
            for extent in extents {
                body(
                    BlocksProblem(
                        rows: extent.rows, columns: extent.columns, channels: channels, width: width))
            }
        }
    }
}
