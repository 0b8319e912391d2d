import CDigitKernels

/// A first convolution of pictures in grey, with 2×2 pooling.
struct PlaneShape: Sendable {
    let name: String
    /// Rows and columns of the output after pooling.
    let size: Int
    let kernel: Int
    let outputs: Int

    static let all = [
        PlaneShape(name: "notebook conv1, pooled", size: 10, kernel: 3, outputs: 64),
        PlaneShape(name: "LeNet-5 conv1, pooled", size: 12, kernel: 5, outputs: 6),
    ]

    /// Rows and columns of the picture.
    var plane: Int { 2 * size + kernel - 1 }
    var positions: Int { size * size }
    var operations: Double { 2 * Double(4 * positions * kernel * kernel * outputs) }

    /// A picture as MNIST's are: ink in the middle half, nothing around it.
    private var image: Memory<Float> {
        let image = Memory(random: plane * plane)
        for pixel in 0..<plane * plane {
            let column = pixel % plane
            if column < plane / 4 || column >= 3 * plane / 4 { image.pointer[pixel] = 0 }
        }
        return image
    }

    /// The kernels of first layers. Listing the patches is part of each.
    var cases: [KernelCase] {
        let image = image
        let found = Memory<Int32>(count: positions, 0)
        let offsets = Memory<Int32>(count: positions, 0)
        let counts = Memory<Int32>(count: 1, 0)
        let panels = Memory(random: (outputs + 15) / 16 * kernel * kernel * Int(DIGITS_PANEL))
        let bias = Memory(random: outputs)
        let result = Memory<Float>(count: positions * outputs, 0)
        let route = Memory<UInt8>(count: positions * outputs, 0)
        let gradient = Memory(random: positions * outputs)
        let weights = Memory<Float>(count: outputs * kernel * kernel, 0)

        func geometry() -> digits_plane {
            digits_plane(
                rows: size, columns: size, kernel_rows: kernel, kernel_columns: kernel,
                plane: image.pointer, row_stride: plane)
        }
        let listing = { (set: KernelCase.Set) in
            var plane = geometry()
            set.pointee.list_patches(&plane, found.pointer, offsets.pointer, counts.pointer)
        }
        return [
            KernelCase(
                kernel: "list_patches", shape: name, work: .bytes(Double(4 * plane * plane + 8 * positions)),
                call: listing),
            KernelCase(kernel: "plane_pool", shape: name, work: .operations(operations)) {
                set in
                listing(set)
                var convolution = digits_plane_pool(
                    plane: geometry(), positions: found.pointer, offsets: offsets.pointer,
                    count: Int(counts.pointer[0]), channels: outputs, panels: panels.pointer,
                    bias: bias.pointer, relu: 1, result: result.pointer, route: route.pointer)
                set.pointee.plane_pool(&convolution)
            },
            KernelCase(
                kernel: "plane_weight_gradient", shape: name, work: .operations(operations), pass: .weights
            ) { set in
                listing(set)
                for first in stride(from: 0, to: outputs, by: Int(DIGITS_PANEL)) {
                    var sum = digits_plane_weight_gradient(
                        plane: geometry(), images: 1, image_stride: plane * plane, positions: found.pointer,
                        offsets: offsets.pointer, counts: counts.pointer, first: first,
                        channels: min(Int(DIGITS_PANEL), outputs - first), stride: outputs,
                        gradient: gradient.pointer, route: route.pointer,
                        result: weights.pointer + first * kernel * kernel)
                    set.pointee.plane_weight_gradient(&sum)
                }
            },
        ]
    }
}
