import CDigitKernels

extension ConvolutionShape {
    /// Winograd's transforms on a group of images of this shape, where the engine uses them. Its products are
    /// gather_gemm.
    var winogradCases: [KernelCase] {
        guard isPooled, kernel == 3, convolved % 4 == 0 else { return [] }
        let tile = 4
        let points = (tile + 2) * (tile + 2)
        let (images, width) = (Self.images, Int(DIGITS_PANEL))
        let side = convolved / tile
        let tiles = images * side * side
        let source = Memory(random: images * imageSize)
        let stride = tiles * inputs + 16
        let productStride = tiles * width + 16
        let transformed = Memory<Float>(count: points * stride, 0)
        let products = Memory(random: points * productStride)
        let packed = Memory(random: 9 * inputs * width)
        let panel = Memory<Float>(count: points * inputs * width, 0)
        let result = Memory<Float>(count: images * positions * width, 0)
        let route = Memory<UInt8>(count: images * positions * width, 0)
        func places(_ offset: (_ image: Int, _ row: Int, _ column: Int) -> Int) -> Memory<Int32> {
            Memory(
                (0..<tiles).map { index in
                    let place = index % (side * side)
                    return Int32(offset(index / (side * side), place / side * tile, place % side * tile))
                })
        }
        let tileOffsets = places { image, row, column in
            image * imageSize + (row * inputSize + column) * blockWidth
        }
        let positionOffsets = places { image, row, column in
            image * positions + row / 2 * size + column / 2
        }
        let shape = "\(name), F(\(tile)×\(tile))"
        return [
            KernelCase(
                kernel: "winograd_weights", shape: shape,
                work: .bytes(Double(4 * inputs * width * (9 + points)))
            ) { set in
                set.pointee.winograd_weights(tile, inputs, packed.pointer, panel.pointer)
            },
            KernelCase(
                kernel: "winograd_input", shape: shape, work: .bytes(Double(8 * points * tiles * inputs))
            ) { set in
                for block in 0..<blocks {
                    var transform = digits_winograd_input(
                        tile: tile, tiles: tiles, channels: blockWidth,
                        source: source.pointer + block * blockSize, tile_offsets: tileOffsets.pointer,
                        pixel_stride: blockWidth, row_stride: inputSize * blockWidth,
                        transformed: transformed.pointer + block * blockWidth, point_stride: stride,
                        tile_stride: inputs)
                    set.pointee.winograd_input(&transform)
                }
            },
            KernelCase(
                kernel: "winograd_output_pool", shape: shape,
                work: .bytes(Double(4 * points * tiles * width + 5 * images * positions * width))
            ) { set in
                var back = digits_winograd_output_pool(
                    tile: tile, tiles: tiles, columns: width, products: products.pointer,
                    point_stride: productStride, bias: nil, relu: 1,
                    position_offsets: positionOffsets.pointer,
                    row_positions: size, result: result.pointer, route: route.pointer, result_stride: width)
                set.pointee.winograd_output_pool(&back)
            },
        ]
    }
}
