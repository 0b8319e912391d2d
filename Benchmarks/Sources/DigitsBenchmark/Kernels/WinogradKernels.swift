import CDigitKernels

/// Winograd's form of a convolution on a group of images, with the memory that its kernels work on.
private struct WinogradShape {
    let convolution: ConvolutionShape
    let form: digits_winograd
    /// Tiles of the group.
    let tiles: Int
    /// Floats from one point to the next: inputs, outputs, and a panel of products.
    let inputStride, outputStride, productStride: Int

    let transformed, outputGradient, products, source, result: Memory<Float>
    /// Of each tile: its first pixel, where its channels begin within a point (inputs' and outputs'), its first output.
    let tileOffsets, inputRows, outputRows, positions: Memory<Int32>
    /// Rows and columns that a tile really has: here always all.
    let extents: Memory<Int32>
    let zero = Memory<Int32>(count: 1, 0)

    var points: Int { (form.tile + form.kernel - 1) * (form.tile + form.kernel - 1) }

    /// Nil where the engine does not use it.
    init?(_ shape: ConvolutionShape) {
        let tile = shape.kernel == 3 ? 4 : 2
        guard shape.kernel == 3 || shape.kernel == 5, shape.inputs >= 8, shape.convolved % tile == 0,
            shape.convolved >= 2 * tile
        else { return nil }
        convolution = shape
        form = digits_winograd(tile: tile, kernel: shape.kernel)
        let side = shape.convolved / tile
        let images = ConvolutionShape.images
        let tiles = images * side * side
        self.tiles = tiles
        let points = (tile + shape.kernel - 1) * (tile + shape.kernel - 1)
        inputStride = tiles * shape.inputs + 16
        outputStride = tiles * shape.outputs + 16
        productStride = tiles * Int(DIGITS_PANEL) + 16
        transformed = Memory(random: points * inputStride)
        outputGradient = Memory(random: points * outputStride)
        products = Memory(random: points * productStride)
        source = Memory(random: images * shape.imageSize)
        result = Memory(random: images * shape.positions * shape.outputs)
        func eachTile(_ value: (_ image: Int, _ row: Int, _ column: Int) -> Int) -> Memory<Int32> {
            Memory(
                (0..<tiles).map { index in
                    let place = index % (side * side)
                    return Int32(value(index / (side * side), place / side * tile, place % side * tile))
                })
        }
        tileOffsets = eachTile { image, row, column in
            ((image * shape.inputSize + row) * shape.inputSize + column) * shape.inputs
        }
        let scale = shape.isPooled ? 2 : 1
        positions = eachTile { image, row, column in
            image * shape.positions + row / scale * shape.size + column / scale
        }
        inputRows = Memory((0..<tiles).map { Int32($0 * shape.inputs) })
        outputRows = Memory((0..<tiles).map { Int32($0 * shape.outputs) })
        extents = Memory(count: tiles, Int32(tile))
    }

    /// A case of this shape on the whole group.
    func kernelCase(
        _ kernel: String, _ work: KernelCase.Work, pass: KernelCase.Pass? = nil,
        call: @escaping (KernelCase.Set) -> Void
    ) -> KernelCase {
        KernelCase(
            kernel: kernel, shape: convolution.name, work: work, pass: pass, images: ConvolutionShape.images,
            call: call)
    }

    /// Operations of all points' products.
    var operations: KernelCase.Work {
        .operations(2 * Double(points * tiles * convolution.inputs * convolution.outputs))
    }

    /// Products of each point with panels of weights.
    func products(
        source: Memory<Float>, stride: Int, depth: Int, columns: Int, rows: Memory<Int32>,
        pass: KernelCase.Pass? = nil
    ) -> KernelCase {
        let width = Int(DIGITS_PANEL)
        let panels = Memory(random: columns / width * points * depth * width)
        let title = pass.map { ", \($0.rawValue)" } ?? ""
        return kernelCase("gather_gemm, Winograd's products\(title)", operations, pass: pass) { set in
            for panel in 0..<columns / width {
                for point in 0..<points {
                    var product = digits_gather_gemm(
                        rows: tiles, columns: width, source: source.pointer + point * stride,
                        row_offsets: rows.pointer, runs: 1, run_length: depth, run_offsets: zero.pointer,
                        panels: panels.pointer + (panel * points + point) * depth * width, bias: nil, relu: 0,
                        result: products.pointer + point * productStride, result_stride: width)
                    set.pointee.gather_gemm(&product)
                }
            }
        }
    }
}

extension ConvolutionShape {
    /// The kernels of Winograd's method, where the engine uses it.
    var winogradCases: [KernelCase] {
        guard let shape = WinogradShape(self) else { return [] }
        return shape.forwardCases + (isPooled ? [] : shape.gradientCases)
    }
}

extension WinogradShape {
    fileprivate var forwardCases: [KernelCase] {
        let (width, inputs, points) = (Int(DIGITS_PANEL), convolution.inputs, points)
        let taps = convolution.taps
        let packed = Memory(random: taps * inputs * width)
        let panel = Memory<Float>(count: points * inputs * width, 0)
        let route = Memory<UInt8>(count: ConvolutionShape.images * convolution.positions * width, 0)
        let outputs = Double(
            4 * tiles * points * width + 5 * ConvolutionShape.images * convolution.positions * width)
        return [
            kernelCase("winograd_weights", .bytes(Double(4 * inputs * width * (taps + points)))) { set in
                var transform = digits_winograd_weights(
                    form: form, rows: inputs, columns: width, weights: packed.pointer,
                    tap_stride: inputs * width, row_stride: width, panel: panel.pointer,
                    point_stride: inputs * width)
                set.pointee.winograd_weights(&transform)
            },
            inputTransform(pass: convolution.isPooled ? nil : .weights),
            products(
                source: transformed, stride: inputStride, depth: inputs, columns: convolution.outputs,
                rows: inputRows),
            convolution.isPooled
                ? kernelCase("winograd_output_pool", .bytes(outputs)) { set in
                    var back = digits_winograd_output_pool(
                        form: form, tiles: tiles, columns: width, products: products.pointer,
                        point_stride: productStride, bias: nil, relu: 1, position_offsets: positions.pointer,
                        row_positions: convolution.size, result: result.pointer, route: route.pointer,
                        result_stride: width)
                    set.pointee.winograd_output_pool(&back)
                }
                : kernelCase("winograd_output", .bytes(outputs)) { set in
                    var back = digits_winograd_output(
                        form: form, tiles: tiles, columns: width, products: products.pointer,
                        point_stride: productStride, bias: nil, relu: 1, position_offsets: positions.pointer,
                        heights: extents.pointer, widths: extents.pointer, row_positions: convolution.size,
                        result: result.pointer, result_stride: width)
                    set.pointee.winograd_output(&back)
                },
        ]
    }

    private func inputTransform(pass: KernelCase.Pass?) -> KernelCase {
        kernelCase("winograd_input", .bytes(Double(8 * points * tiles * convolution.inputs)), pass: pass) {
            set in
            var transform = digits_winograd_input(
                form: form, tiles: tiles, channels: convolution.inputs, source: source.pointer,
                tile_offsets: tileOffsets.pointer, pixel_stride: convolution.inputs,
                row_stride: convolution.inputSize * convolution.inputs, transformed: transformed.pointer,
                point_stride: inputStride, tile_stride: convolution.inputs)
            set.pointee.winograd_input(&transform)
        }
    }

    fileprivate var gradientCases: [KernelCase] {
        let (width, inputs, outputs) = (Int(DIGITS_PANEL), convolution.inputs, convolution.outputs)
        let sums = Memory<Float>(count: points * inputs * width, 0)
        let plain = Memory<Float>(count: convolution.taps * inputs * width, 0)
        let input = Memory<Float>(count: ConvolutionShape.images * convolution.imageSize, 0)
        return [
            kernelCase(
                "winograd_output_gradient", .bytes(Double(8 * points * tiles * outputs)), pass: .data
            ) { set in
                var transform = digits_winograd_output_gradient(
                    form: form, tiles: tiles, columns: outputs, gradient: result.pointer, route: nil,
                    position_offsets: positions.pointer, heights: extents.pointer, widths: extents.pointer,
                    row_positions: convolution.size, transformed: outputGradient.pointer,
                    point_stride: outputStride)
                set.pointee.winograd_output_gradient(&transform)
            },
            products(
                source: outputGradient, stride: outputStride, depth: outputs, columns: inputs,
                rows: outputRows, pass: .data),
            kernelCase(
                "winograd_input_gradient", .bytes(Double(8 * points * tiles * inputs)), pass: .data
            ) { set in
                for first in stride(from: 0, to: inputs, by: width) {
                    var back = digits_winograd_input_gradient(
                        form: form, tiles: tiles, channels: width, products: products.pointer,
                        point_stride: productStride,
                        result: input.pointer + first, tile_offsets: tileOffsets.pointer,
                        pixel_stride: inputs,
                        row_stride: convolution.inputSize * inputs)
                    set.pointee.winograd_input_gradient(&back)
                }
            },
            kernelCase("outer_gemm, Winograd's products, weights", operations, pass: .weights) { set in
                for point in 0..<points {
                    for first in stride(from: 0, to: outputs, by: width) {
                        let gradient = outputGradient.pointer + point * outputStride + first
                        var product = digits_outer_gemm(
                            rows: inputs, columns: width, depth: tiles,
                            a: transformed.pointer + point * inputStride, a_offsets: inputRows.pointer,
                            row_offsets: nil, b: gradient, b_stride: outputs, begins: 1,
                            result: sums.pointer + point * inputs * width, result_stride: width)
                        set.pointee.outer_gemm(&product)
                    }
                }
            },
            kernelCase(
                "winograd_weight_gradient",
                .bytes(Double(4 * inputs * width * (points + convolution.taps)))
            ) { set in
                var form = form
                set.pointee.winograd_weight_gradient(&form, inputs, sums.pointer, plain.pointer)
            },
        ]
    }
}
