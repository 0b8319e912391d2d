/// Memory of a kernel's argument, aligned to a cache line, for as long as the object lives.
// Sendable: the pointer never changes, and one row is timed at a time.
final class Memory<Element: BitwiseCopyable>: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<Element>

    /// So many elements of one value.
    init(count: Int, _ value: Element) {
        let size = max(1, count) * MemoryLayout<Element>.stride
        pointer = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
            .bindMemory(to: Element.self, capacity: max(1, count))
        pointer.initialize(repeating: value, count: count)
    }

    /// These elements.
    convenience init(_ elements: [Element]) where Element: ExpressibleByIntegerLiteral {
        self.init(count: elements.count, 0)
        for (index, element) in elements.enumerated() { pointer[index] = element }
    }

    deinit {
        pointer.deallocate()
    }
}

extension Memory<Float> {
    /// So many numbers between -1 and 1, the same at every call.
    convenience init(random count: Int) {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        self.init(
            (0..<count).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Float(state >> 40) / Float(1 << 23) - 1
            })
    }
}
