import CDigitKernels
import Testing

/// The items of each group: what lies beyond a group's count is not part of the result.
private struct Items: Equatable {
    let counts: [Int32]
    var values: [[UInt32]] = []
    var offsets: [[Int32]] = []

    init(
        values: UnsafeMutableBufferPointer<Float>, offsets: UnsafeMutableBufferPointer<Int32>,
        counts: UnsafeMutableBufferPointer<Int32>, capacity: Int
    ) {
        self.counts = Array(counts)
        for (group, count) in counts.enumerated() {
            let items = group * capacity..<group * capacity + max(Int(count), 0)
            self.values.append(values[items].map(\.bitPattern))
            self.offsets.append(Array(offsets[items]))
        }
    }
}

/// Gradients of which about half are 0 or −0, some NaN, infinite or denormal.
private func gradients(_ count: Int) -> [Float] {
    var numbers = Numbers(.reals)
    return numbers.floats(count).map { value in
        switch numbers.integer(in: 0...19) {
        case 0...7: 0
        case 8...9: -0.0
        case 10: .nan
        case 11: .infinity
        case 12: .leastNonzeroMagnitude
        default: value
        }
    }
}

private func routes(_ count: Int, _ routes: Int) -> [UInt8]? {
    var numbers = Numbers(.integers, seed: 2)
    return routes == 1 ? nil : (0..<count).map { _ in UInt8(numbers.integer(in: 0...routes - 1)) }
}

private let shapes = [0, 1, 2, 7, 25].flatMap { positions in
    [0, 1, 3, 4, 5, 8, 13, 16, 31, 64].map { (positions: positions, columns: $0) }
}

@Suite struct ListTests {
    @Test(arguments: KernelSet.tested, shapes)
    func listChannelsEqualsReference(set: KernelSet, shape: (positions: Int, columns: Int)) {
        let (positions, columns) = shape
        for routeCount in [1, 4] {
            for gradient in [
                gradients(positions * columns), .init(repeating: 1, count: positions * columns),
            ] {
                let route = routes(gradient.count, routeCount)
                func list(_ set: KernelSet, _ memory: GuardedMemory) -> Items {
                    let capacity = positions * routeCount * columns
                    let values = memory.variable([Float](repeating: 777, count: capacity))
                    let offsets = memory.variable([Int32](repeating: -1, count: capacity))
                    let counts = memory.variable([Int32](repeating: -1, count: positions * routeCount))
                    var call = digits_list_channels(
                        positions: positions, columns: columns, routes: routeCount,
                        gradient: memory.constant(gradient), route: memory.constant(route),
                        channel_stride: 11, values: values.baseAddress, offsets: offsets.baseAddress,
                        counts: counts.baseAddress)
                    set.kernels.list_channels(&call)
                    return Items(values: values, offsets: offsets, counts: counts, capacity: columns)
                }
                let expected = inEveryPlacement { list(.reference, $0) }[0]
                for result in inEveryPlacement({ list(set, $0) }) {
                    #expect(result == expected, "\(routeCount) routes")
                }
            }
        }
    }

    @Test(arguments: KernelSet.tested, shapes)
    func listPositionsEqualsReference(set: KernelSet, shape: (positions: Int, columns: Int)) {
        let (positions, columns) = shape
        for (routeCount, images) in [(1, 1), (1, 3), (4, 0), (4, 2)] {
            let (stride, first) = (columns + 5, 3)
            // The last row ends with its last listed channel.
            let rows = images * positions
            let count = rows == 0 ? 0 : (rows - 1) * stride + first + columns
            for gradient in [gradients(count), .init(repeating: 1, count: count)] {
                let route = routes(count, routeCount)
                let positionOffsets = (0..<positions * routeCount).map { Int32($0 * 3 + 1) }
                func list(_ set: KernelSet, _ memory: GuardedMemory) -> Items {
                    let values = memory.variable([Float](repeating: 777, count: columns * rows))
                    let offsets = memory.variable([Int32](repeating: -1, count: columns * rows))
                    let counts = memory.variable([Int32](repeating: -1, count: columns))
                    var call = digits_list_positions(
                        images: images, positions: positions, first: first, columns: columns, stride: stride,
                        routes: routeCount, gradient: memory.constant(gradient),
                        route: memory.constant(route),
                        position_offsets: memory.constant(positionOffsets), image_stride: 1000,
                        capacity: rows, values: values.baseAddress, offsets: offsets.baseAddress,
                        counts: counts.baseAddress)
                    set.kernels.list_positions(&call)
                    return Items(values: values, offsets: offsets, counts: counts, capacity: rows)
                }
                let expected = inEveryPlacement { list(.reference, $0) }[0]
                for result in inEveryPlacement({ list(set, $0) }) {
                    #expect(result == expected, "\(routeCount) routes, \(images) images")
                }
            }
        }
    }

    @Test(arguments: [KernelSet.reference] + KernelSet.tested)
    func channelsOfOneWindowAreInTheirPlacesBuckets(set: KernelSet) {
        let items = inEveryPlacement { memory in
            let values = memory.variable([Float](repeating: 777, count: 16))
            let offsets = memory.variable([Int32](repeating: -1, count: 16))
            let counts = memory.variable([Int32](repeating: -1, count: 4))
            var call = digits_list_channels(
                positions: 1, columns: 4, routes: 4, gradient: memory.constant([Float]([5, 0, 6, 7])),
                route: memory.constant([UInt8]([2, 2, 0, 2])), channel_stride: 9, values: values.baseAddress,
                offsets: offsets.baseAddress, counts: counts.baseAddress)
            set.kernels.list_channels(&call)
            return Items(values: values, offsets: offsets, counts: counts, capacity: 4)
        }
        for items in items {
            #expect(items.values.map { $0.map(Float.init(bitPattern:)) } == [[6], [], [5, 7], []])
            #expect(items.offsets == [[18], [], [0, 27], []])
        }
    }
}
