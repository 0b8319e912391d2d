/// Floats on a 64-byte boundary, owned and freed by this object, zero at first.
///
/// It does not synchronise: code that shares one between threads gives each its own part.
// Sendable: the pointer and the count never change; what it points to is shared as an array of C is, each thread touching its own part, and ThreadSanitizer watches the tests.
package final class FloatBuffer: @unchecked Sendable {
    /// Valid while this object lives: hold the buffer itself in a variable, never only its pointer.
    package let pointer: UnsafeMutablePointer<Float>
    package let count: Int

    package init(count: Int) {
        precondition(count >= 0, "A buffer cannot hold \(count) floats.")
        let raw = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 4, alignment: 64)
        pointer = raw.bindMemory(to: Float.self, capacity: max(count, 1))
        pointer.initialize(repeating: 0, count: max(count, 1))
        self.count = count
    }

    package convenience init(_ values: [Float]) {
        self.init(count: values.count)
        for (index, value) in values.enumerated() { pointer[index] = value }
    }

    deinit {
        UnsafeMutableRawPointer(pointer).deallocate()
    }

    /// All floats; valid as long as `pointer` is.
    package var floats: UnsafeMutableBufferPointer<Float> { .init(start: pointer, count: count) }

    package func copy() -> FloatBuffer {
        let result = FloatBuffer(count: count)
        result.pointer.update(from: pointer, count: count)
        return result
    }
}

/// Memory for plain values (list items, routes) that a kernel fills, freed with its owner.
// Sendable: as `FloatBuffer`.
package final class Workspace<Element: BitwiseCopyable>: @unchecked Sendable {
    package let pointer: UnsafeMutablePointer<Element>

    package init(count: Int, zero: Element) {
        pointer = .allocate(capacity: max(count, 1))
        pointer.initialize(repeating: zero, count: max(count, 1))
    }

    package convenience init(_ values: [Element], zero: Element) {
        self.init(count: values.count, zero: zero)
        for (index, value) in values.enumerated() { pointer[index] = value }
    }

    deinit {
        pointer.deallocate()
    }
}
