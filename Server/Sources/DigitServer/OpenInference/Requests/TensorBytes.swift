/// Tensors as the binary tensor data extension has them.
package enum TensorBytes {
    /// Numbers of FP32, little-endian.
    /// - Precondition: There are 4 bytes for each.
    package static func floats(_ bytes: ArraySlice<UInt8>) -> [Float] {
        precondition(bytes.count % 4 == 0, "\(bytes.count) bytes are no whole number of floats.")
        return bytes.withUnsafeBytes { source in
            (0..<source.count / 4).map { place in
                Float(
                    bitPattern: UInt32(
                        littleEndian: source.loadUnaligned(fromByteOffset: 4 * place, as: UInt32.self)))
            }
        }
    }

    /// Elements of BYTES, each behind its length in 4 bytes, little-endian.
    /// - Parameter count: How many there are to be.
    /// - Throws: `ServiceError`, bad request, where lengths do not fit, or there are more.
    static func elements(_ bytes: ArraySlice<UInt8>, count: Int) throws(ServiceError) -> [[UInt8]] {
        var elements: [[UInt8]] = []
        var rest = bytes
        while !rest.isEmpty {
            let prefix = rest.prefix(4)
            let length = prefix.reversed().reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(4)
            guard prefix.count == 4, length <= rest.count else {
                throw .badRequest(
                    "BYTES is elements each behind its length in 4 bytes, little-endian, but the last one is cut off."
                )
            }
            guard elements.count < count else {
                throw .badRequest("The input's shape means \(count) elements, but its data are more.")
            }
            elements.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return elements
    }
}
