import CDigitKernels

extension KernelCase {
    /// Copies between images and blocks of their channels.
    static var copyCases: [KernelCase] {
        let (size, channels, width) = (10, 64, 16)
        let count = size * size * channels
        let image = Memory(random: count)
        let blocks = Memory(random: count)
        var layout = digits_blocks(
            rows: size, columns: size, channels: channels, width: width, row_stride: size * width,
            block_stride: size * size * width)
        let shape = "\(size)×\(size)×\(channels)"
        let work = Work.bytes(Double(8 * count))
        return [
            KernelCase(kernel: "image_to_blocks", shape: shape, work: work) {
                $0.pointee.image_to_blocks(&layout, image.pointer, blocks.pointer)
            },
            KernelCase(kernel: "blocks_to_image", shape: shape, work: work) {
                $0.pointee.blocks_to_image(&layout, blocks.pointer, image.pointer)
            },
        ]
    }
}
