/// The type of a tensor's elements in a safetensors file. The raw value is the name in the header.
///
/// The cases stand in the order of the reference implementation (safetensors 0.8), smallest alignment first; its
/// serialiser stores tensors in the reverse of this order, so that every tensor is aligned.
public enum SafetensorsElementType: String, CaseIterable, Hashable, Sendable {
    /// One byte, 0 or 1.
    case bool = "BOOL"
    /// 4-bit float, two to a byte.
    case float4 = "F4"
    /// 6-bit float with 2 exponent and 3 mantissa bits, four to three bytes.
    case float6E2M3 = "F6_E2M3"
    /// 6-bit float with 3 exponent and 2 mantissa bits, four to three bytes.
    case float6E3M2 = "F6_E3M2"
    /// Unsigned 8-bit integer.
    case uint8 = "U8"
    /// Signed 8-bit integer.
    case int8 = "I8"
    /// 8-bit float with 5 exponent and 2 mantissa bits.
    case float8E5M2 = "F8_E5M2"
    /// 8-bit float with 4 exponent and 3 mantissa bits.
    case float8E4M3 = "F8_E4M3"
    /// 8-bit power of two.
    case float8E8M0 = "F8_E8M0"
    /// 8-bit float with 4 exponent and 3 mantissa bits, without infinities and negative zero.
    case float8E4M3FNUZ = "F8_E4M3FNUZ"
    /// 8-bit float with 5 exponent and 2 mantissa bits, without infinities and negative zero.
    case float8E5M2FNUZ = "F8_E5M2FNUZ"
    /// Signed 16-bit integer.
    case int16 = "I16"
    /// Unsigned 16-bit integer.
    case uint16 = "U16"
    /// IEEE 754 half precision.
    case float16 = "F16"
    /// The upper half of an IEEE 754 single.
    case bfloat16 = "BF16"
    /// Signed 32-bit integer.
    case int32 = "I32"
    /// Unsigned 32-bit integer.
    case uint32 = "U32"
    /// IEEE 754 single precision: Swift's `Float`.
    case float32 = "F32"
    /// Complex number of two singles.
    case complex64 = "C64"
    /// IEEE 754 double precision.
    case float64 = "F64"
    /// Signed 64-bit integer.
    case int64 = "I64"
    /// Unsigned 64-bit integer.
    case uint64 = "U64"

    /// The size of one element in bits.
    public var bitCount: Int {
        switch self {
        case .float4: 4
        case .float6E2M3, .float6E3M2: 6
        case .bool, .uint8, .int8, .float8E5M2, .float8E4M3, .float8E8M0, .float8E4M3FNUZ, .float8E5M2FNUZ: 8
        case .int16, .uint16, .float16, .bfloat16: 16
        case .int32, .uint32, .float32: 32
        case .complex64, .float64, .int64, .uint64: 64
        }
    }
}

extension SafetensorsElementType {
    /// How much memory a tensor takes, or why it cannot exist.
    enum Extent: Equatable {
        case bytes(Int)
        case partialByte
        case overflow
    }

    /// The memory of a tensor of these elements; the shape's sizes must not be negative.
    func extent(ofShape shape: [Int]) -> Extent {
        var count = 1
        for size in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard !overflow else {
                return .overflow
            }
            count = product
        }
        let (bits, overflow) = count.multipliedReportingOverflow(by: bitCount)
        guard !overflow else {
            return .overflow
        }
        return bits % 8 == 0 ? .bytes(bits / 8) : .partialByte
    }
}
