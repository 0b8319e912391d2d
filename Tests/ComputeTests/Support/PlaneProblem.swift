import CDigitKernels

/// What the pictures of a plane show.
enum Ink: CaseIterable {
    /// Nothing, as 0 and −0.
    case blank
    /// Something everywhere.
    case full
    /// Something in the right half.
    case half
    /// A few pixels.
    case sparse
}

/// The numbers of a convolution of planes, its pooling and its weights' gradient.
struct PlaneProblem {
    let rows, columns, kernelRows, kernelColumns, channels, images: Int
    let content: Content
    let ink: Ink
    let relu: Bool
    let rowStride: Int
    /// From one image to the next; the last ends where its last patch does.
    let imageStride: Int
    var planes, weights: [Float]
    var bias: [Float]?
    /// Of each image, every position and channel.
    var gradient: [Float]
    var route: [UInt8]

    var positions: Int { rows * columns }
    var taps: Int { kernelRows * kernelColumns }
    var description: String {
        "\(content), \(ink) picture, \(rows)×\(columns) positions, \(kernelRows)×\(kernelColumns) kernel, "
            + "\(channels) channels, \(images) images, bias \(bias != nil), relu \(relu)"
    }

    init(
        rows: Int, columns: Int, kernel: (rows: Int, columns: Int), channels: Int, images: Int = 1,
        content: Content, ink: Ink, hasBias: Bool = true, relu: Bool = false
    ) {
        (self.rows, self.columns, self.channels, self.images) = (rows, columns, channels, images)
        (kernelRows, kernelColumns) = kernel
        (self.content, self.ink, self.relu) = (content, ink, relu)
        let pixels = (rows: 2 * rows - 1 + kernel.rows, columns: 2 * columns - 1 + kernel.columns)
        rowStride = pixels.columns + 2
        let size = rows * columns == 0 ? 0 : (pixels.rows - 1) * rowStride + pixels.columns
        imageStride = size + 5
        var numbers = Numbers(content)
        planes = numbers.floats(images == 0 ? 0 : (images - 1) * imageStride + size)
        for index in planes.indices {
            let column = index % imageStride % rowStride
            let isLit =
                switch ink {
                case .blank: false
                case .full: true
                case .half: column >= pixels.columns / 2
                case .sparse: numbers.integer(in: 0...24) == 0
                }
            if !isLit { planes[index] = index % 3 == 0 ? -0.0 : 0 }
        }
        weights = numbers.floats(channels * kernel.rows * kernel.columns)
        bias = hasBias ? numbers.floats(channels) : nil
        gradient = numbers.floats(images * rows * columns * channels)
        route = numbers.integers(gradient.count, in: 0...3).map { UInt8($0) }
    }

    /// The same with magnitudes, whose results are the sums of magnitudes.
    var magnitudes: PlaneProblem {
        var copy = self
        copy.planes = planes.map(abs)
        copy.weights = weights.map(abs)
        copy.bias = bias?.map(abs)
        copy.gradient = gradient.map(abs)
        return copy
    }

    /// One row of positions alone, as a plane of its own.
    func row(_ row: Int) -> PlaneProblem {
        var part = PlaneProblem(
            rows: 1, columns: columns, kernel: (kernelRows, kernelColumns), channels: channels,
            content: content, ink: ink, hasBias: bias != nil, relu: relu)
        let first = 2 * row * rowStride
        part.planes = Array(planes[first..<first + part.planes.count])
        part.weights = weights
        part.bias = bias
        return part
    }

    func plane(in memory: GuardedMemory) -> digits_plane {
        digits_plane(
            rows: rows, columns: columns, kernel_rows: kernelRows, kernel_columns: kernelColumns,
            plane: memory.constant(planes), row_stride: rowStride)
    }

    /// The positions and offsets of one image's patches that are not blank.
    func list(_ set: KernelSet, image: Int, in memory: GuardedMemory) -> (
        positions: [Int32], offsets: [Int32]
    ) {
        let places = memory.variable([Int32](repeating: -1, count: positions))
        let offsets = memory.variable([Int32](repeating: -1, count: positions))
        let count = memory.variable([Int32(-1)])
        var plane = plane(in: memory)
        plane.plane += image * imageStride
        set.kernels.list_patches(&plane, places.baseAddress, offsets.baseAddress, count.baseAddress)
        let listed = max(Int(count[0]), 0)
        return (Array(places.prefix(listed)), Array(offsets.prefix(listed)))
    }

    /// The first image's pooled output, from patches that the reference lists.
    func pooled(_ set: KernelSet, in memory: GuardedMemory) -> (values: [Float], routes: [UInt8]) {
        let list = list(.reference, image: 0, in: GuardedMemory(.misaligned))
        let result = memory.variable([Float](repeating: 777, count: positions * channels))
        let route = memory.variable([UInt8](repeating: 99, count: positions * channels))
        let panels = GemmProblem.packed(weights, columns: channels, depth: taps)
        var call = digits_plane_pool(
            plane: plane(in: memory), positions: memory.constant(list.positions),
            offsets: memory.constant(list.offsets), count: list.positions.count, channels: channels,
            panels: memory.constant(panels), bias: memory.constant(bias), relu: relu ? 1 : 0,
            result: result.baseAddress, route: route.baseAddress)
        set.kernels.plane_pool(&call)
        return (Array(result), Array(route))
    }

    /// The first image's convolution at one of the windows' places, every patch computed, before ReLU.
    func values(atPlace place: Int) -> [Float] {
        (0..<positions * channels).map { index in
            let (position, o) = (index / channels, index % channels)
            let (row, column) = (2 * (position / columns) + place / 2, 2 * (position % columns) + place % 2)
            var sum = Double(bias?[o] ?? 0)
            for tap in 0..<taps {
                let pixel = planes[(row + tap / kernelColumns) * rowStride + column + tap % kernelColumns]
                sum += Double(pixel) * Double(weights[o * taps + tap])
            }
            return Float(sum)
        }
    }

    /// The weights' gradient for some of the channels. What belongs to blank patches is not to be read, and is poisoned.
    func weightGradient(
        _ set: KernelSet, channels range: Range<Int>? = nil, in memory: GuardedMemory
    ) -> [Float] {
        let range = range ?? 0..<channels
        var listed = [Int32](repeating: .min, count: images * positions)
        var offsets = listed
        var counts: [Int32] = []
        var (gradient, route) = (gradient, route)
        for image in 0..<images {
            let list = list(.reference, image: image, in: GuardedMemory(.misaligned))
            counts.append(Int32(list.positions.count))
            for (place, (position, offset)) in zip(list.positions, list.offsets).enumerated() {
                listed[image * positions + place] = position
                offsets[image * positions + place] = offset
            }
            for position in Set(0..<positions).subtracting(list.positions.map { Int($0) }) {
                for o in 0..<channels {
                    gradient[(image * positions + position) * channels + o] = .nan
                    route[(image * positions + position) * channels + o] = 99
                }
            }
        }
        let result = memory.variable([Float](repeating: 777, count: range.count * taps))
        var call = digits_plane_weight_gradient(
            plane: plane(in: memory), images: images, image_stride: imageStride,
            positions: memory.constant(listed), offsets: memory.constant(offsets),
            counts: memory.constant(counts), first: range.lowerBound, channels: range.count, stride: channels,
            gradient: memory.constant(gradient), route: memory.constant(route), result: result.baseAddress)
        set.kernels.plane_weight_gradient(&call)
        return Array(result)
    }
}
