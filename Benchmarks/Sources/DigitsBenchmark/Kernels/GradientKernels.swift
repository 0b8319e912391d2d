import CDigitKernels

extension ConvolutionShape {
    /// Share of the outputs with a gradient, as in training behind a ReLU.
    private static let alive = 0.5

    /// The kernels of both gradients on one image of this shape; each makes its list first. A pooled output has a gradient
    /// at one of its four places; the operations are still those of the dense gradient, as a framework computes it.
    /// Without a pool the engine has other gradients: Winograd's, and for dense layers sums of outer products.
    var gradientCases: [KernelCase] {
        guard isPooled else { return kernel == 1 ? denseGradientCases : [] }
        let columns = outputs
        let gradient = Memory(random: positions * columns)
        let route = Memory<UInt8>(count: positions * columns, 0)
        for index in 0..<positions * columns {
            route.pointer[index] = UInt8((index * 7 + index / 5) % 4)
            if Double((index * 13) % 32) / 32 >= Self.alive { gradient.pointer[index] = 0 }
        }
        return dataGradientCases(gradient, route) + weightGradientCases(gradient, route)
    }

    private func dataGradientCases(_ gradient: Memory<Float>, _ route: Memory<UInt8>) -> [KernelCase] {
        let groups = positions * routes
        let values = Memory<Float>(count: groups * outputs, 0)
        let offsets = Memory<Int32>(count: groups * outputs, 0)
        let counts = Memory<Int32>(count: groups, 0)
        let starts = Memory((0..<groups).map { Int32($0 * outputs) })
        let results = Memory(positionOffsets)
        let weights = Memory(random: outputs * depth)
        let input = Memory<Float>(count: imageSize, 0)

        let listing = { (set: KernelCase.Set) in
            var list = digits_list_channels(
                positions: positions, columns: outputs, routes: routes, gradient: gradient.pointer,
                route: route.pointer,
                channel_stride: Int32(taps * blockWidth), values: values.pointer, offsets: offsets.pointer,
                counts: counts.pointer)
            set.pointee.list_channels(&list)
        }
        return [
            KernelCase(
                kernel: "list_channels", shape: name, work: .bytes(Double(9 * positions * outputs)),
                call: listing),
            KernelCase(
                kernel: "accumulate_windows, data", shape: name, work: .operations(operations), pass: .data
            ) { set in
                listing(set)
                let rowLength = kernel * blockWidth
                for block in 0..<blocks {
                    var sum = digits_accumulate_windows(
                        groups: groups, starts: starts.pointer, counts: counts.pointer,
                        values: values.pointer, offsets: offsets.pointer, kernel_rows: kernel,
                        kernel_columns: blocks == 1 ? 1 : kernel,
                        run: blocks == 1 ? rowLength : blockWidth,
                        source: weights.pointer + block * outputs * taps * blockWidth, source_row: rowLength,
                        source_column: blockWidth, begins: 0, result: input.pointer + block * blockSize,
                        result_offsets: results.pointer, result_row: inputSize * blockWidth,
                        result_column: blockWidth)
                    set.pointee.accumulate_windows(&sum)
                }
            },
        ]
    }

    private func weightGradientCases(_ gradient: Memory<Float>, _ route: Memory<UInt8>) -> [KernelCase] {
        let values = Memory<Float>(count: outputs * positions, 0)
        let offsets = Memory<Int32>(count: outputs * positions, 0)
        let counts = Memory<Int32>(count: outputs, 0)
        let starts = Memory((0..<outputs).map { Int32($0 * positions) })
        let places = Memory(positionOffsets)
        let input = Memory(random: imageSize)
        let result = Memory<Float>(count: outputs * taps * inputs, 0)
        let results = Memory((0..<outputs).map { Int32($0 * taps * inputs) })

        let listing = { (set: KernelCase.Set) in
            var list = digits_list_positions(
                images: 1, positions: positions, first: 0, columns: outputs, stride: outputs, routes: routes,
                gradient: gradient.pointer, route: route.pointer,
                position_offsets: places.pointer, image_stride: Int32(imageSize), capacity: positions,
                values: values.pointer, offsets: offsets.pointer, counts: counts.pointer)
            set.pointee.list_positions(&list)
        }
        return [
            KernelCase(
                kernel: "list_positions", shape: name, work: .bytes(Double(9 * positions * outputs)),
                call: listing),
            KernelCase(
                kernel: "accumulate_windows, weights", shape: name, work: .operations(operations),
                pass: .weights
            ) { set in
                listing(set)
                for block in 0..<blocks {
                    let width = min(blockWidth, inputs - block * blockWidth)
                    var sum = digits_accumulate_windows(
                        groups: outputs, starts: starts.pointer, counts: counts.pointer,
                        values: values.pointer, offsets: offsets.pointer, kernel_rows: kernel,
                        kernel_columns: blocks == 1 ? 1 : kernel,
                        run: blocks == 1 ? kernel * width : width,
                        source: input.pointer + block * blockSize, source_row: inputSize * blockWidth,
                        source_column: blockWidth, begins: 0, result: result.pointer + block * blockWidth,
                        result_offsets: results.pointer, result_row: kernel * inputs, result_column: inputs)
                    set.pointee.accumulate_windows(&sum)
                }
            },
        ]
    }

    /// The weights' gradient of a dense layer over a batch of 32.
    private var denseGradientCases: [KernelCase] {
        let images = 32
        let source = Memory(random: images * inputs)
        let gradient = Memory(random: images * outputs)
        let offsets = Memory((0..<images).map { Int32($0 * outputs) })
        let weights = Memory<Float>(count: outputs * inputs, 0)
        let panel = Memory(random: inputs * Int(DIGITS_PANEL))
        return [
            KernelCase(
                kernel: "outer_gemm, weights", shape: name, work: .operations(Double(images) * operations),
                images: images
            ) { set in
                let width = Int(DIGITS_PANEL)
                for output in stride(from: 0, to: outputs, by: width) {
                    for input in stride(from: 0, to: inputs, by: width) {
                        var product = digits_outer_gemm(
                            rows: min(width, outputs - output), columns: min(width, inputs - input),
                            depth: images, a: gradient.pointer + output, a_offsets: offsets.pointer,
                            row_offsets: nil, b: source.pointer + input, b_stride: inputs, begins: 1,
                            result: weights.pointer + output * inputs + input, result_stride: inputs)
                        set.pointee.outer_gemm(&product)
                    }
                }
            },
            KernelCase(
                kernel: "unpack_panel", shape: name, work: .bytes(Double(8 * inputs * Int(DIGITS_PANEL)))
            ) { set in
                set.pointee.unpack_panel(Int(DIGITS_PANEL), inputs, panel.pointer, weights.pointer, inputs)
            },
        ]
    }
}
