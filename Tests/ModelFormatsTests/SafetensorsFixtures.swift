import Foundation
import ModelFormats
import Testing

/// Builds safetensors files by hand, right and wrong ones.
enum SafetensorsFixtures {
    /// A file of a header, its length (or a lie about it) and data.
    static func file(_ header: String, data: [UInt8] = [], length: UInt64? = nil) -> [UInt8] {
        file(Array(header.utf8), data: data, length: length)
    }

    /// A file of a header's bytes, its length (or a lie about it) and data.
    static func file(_ header: [UInt8], data: [UInt8] = [], length: UInt64? = nil) -> [UInt8] {
        let length = length ?? UInt64(header.count)
        return withUnsafeBytes(of: length.littleEndian, Array.init) + header + data
    }

    /// A file with the tensor `a` of the fields given, by default one float.
    static func tensor(
        dtype: String = "\"F32\"", shape: String = "[1]", offsets: String = "[0,4]", more: String = "",
        byteCount: Int = 4
    ) -> [UInt8] {
        file(
            "{\"a\":{\"dtype\":\(dtype),\"shape\":\(shape),\"data_offsets\":\(offsets)\(more)}}",
            data: Array(1...20).prefix(byteCount).map(UInt8.init))
    }

    /// A file with the one-byte tensors `a`, `b`, … in the ranges given.
    static func ranges(_ ranges: [(Int, Int)], byteCount: Int) -> [UInt8] {
        let entries = zip("abcd", ranges).map { name, range in
            "\"\(name)\":{\"dtype\":\"U8\",\"shape\":[\(max(0, range.1 - range.0))],"
                + "\"data_offsets\":[\(range.0),\(range.1)]}"
        }
        return file("{\(entries.joined(separator: ","))}", data: [UInt8](repeating: 7, count: byteCount))
    }

    /// The bytes of a fixture file.
    static func contents(of name: String) throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil))
        return Array(try Data(contentsOf: url))
    }

    /// Bytes written as two hexadecimal digits each.
    static func bytes(hexadecimal text: some StringProtocol) throws -> [UInt8] {
        let digits = Array(text.utf8)
        return try stride(from: 0, to: digits.count, by: 2).map { index in
            try #require(UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16))
        }
    }
}
