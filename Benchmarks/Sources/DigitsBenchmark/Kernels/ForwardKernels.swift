import CDigitKernels

extension ConvolutionShape {
    /// The forward kernel on a group of images of this shape, and for the first shape what prepares its weights.
    var forwardCases: [KernelCase] {
        let images = Self.images
        let source = Memory(random: images * imageSize)
        let panelMemory = Memory(random: panels * depth * Int(DIGITS_PANEL))
        let weights = Memory(random: outputs * depth)
        let bias = Memory(random: outputs)
        let result = Memory<Float>(count: images * positions * outputs, 0)
        let route = Memory<UInt8>(count: images * positions * outputs, 0)
        let offsets = positionOffsets
        let rows = Memory(
            (0..<images).flatMap { image in
                stride(from: 0, to: offsets.count, by: routes).map { offsets[$0] + Int32(image * imageSize) }
            })
        let runs = Memory(
            (0..<blocks).flatMap { block in
                (0..<kernel).map { Int32(block * blockSize + $0 * inputSize * blockWidth) }
            })

        func gemm() -> digits_gather_gemm {
            digits_gather_gemm(
                rows: images * positions, columns: outputs, source: source.pointer, row_offsets: rows.pointer,
                runs: blocks * kernel, run_length: kernel * blockWidth, run_offsets: runs.pointer,
                panels: panelMemory.pointer, bias: bias.pointer, relu: 1, result: result.pointer,
                result_stride: outputs)
        }
        let product =
            isPooled
            ? KernelCase(
                kernel: "gather_gemm_pool", shape: name, work: .operations(Double(images) * operations)
            ) { set in
                var arguments = digits_gather_gemm_pool(
                    gemm: gemm(), window_offsets: (offsets[0], offsets[1], offsets[2], offsets[3]),
                    route: route.pointer)
                set.pointee.gather_gemm_pool(&arguments)
            }
            : KernelCase(
                kernel: "gather_gemm", shape: name, work: .operations(Double(images) * operations)
            ) { set in
                var arguments = gemm()
                set.pointee.gather_gemm(&arguments)
            }
        guard name == Self.all[0].name else { return [product] }
        let packing = KernelCase(
            kernel: "pack_panels", shape: name, work: .bytes(Double(2 * 4 * outputs * depth))
        ) { [outputs, depth] set in
            set.pointee.pack_panels(outputs, depth, weights.pointer, panelMemory.pointer)
        }
        return [product, packing]
    }
}
