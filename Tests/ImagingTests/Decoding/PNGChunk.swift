/// A PNG chunk: length, kind, data, checksum.
func pngChunk(_ kind: String, _ data: [UInt8]) -> [UInt8] {
    let length = UInt32(data.count)
    let content = Array(kind.utf8) + data
    return stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: length >> UInt32($0)) }
        + content + crc32(content)
}

/// The checksum of a PNG chunk, the highest byte first.
func crc32(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    let crc = ~bytes.reduce(~UInt32(0)) { crc, byte in
        (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 0 ? 0 : 0xEDB8_8320) }
    }
    return stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: crc >> UInt32($0)) }
}
