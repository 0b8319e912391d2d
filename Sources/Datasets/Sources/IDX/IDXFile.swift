public import FoundationBasics

/// One array of bytes in the IDX format, in which MNIST and its sisters are distributed.
///
/// ```
/// offset 0   2 bytes   zero
///        2   1 byte    element type; 8 = unsigned byte, the only one read here
///        3   1 byte    rank R
///        4   R × 4     dimensions, big-endian, slowest first
///    4+4R   elements, the last dimension running fastest
/// ```
///
/// Pictures are of rank 3 (magic number 0x00000803: count, rows, columns), labels of rank 1 (0x00000801).
///
/// Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", section "File formats".
public struct IDXFile: Sendable, Equatable {
    /// The size along each axis, slowest first.
    public let dimensions: [Int]
    /// The elements, the last dimension running fastest: as many as the product of `dimensions`.
    public let elements: [UInt8]
    /// SHA-256 of the whole decompressed file, 64 lower-case hexadecimal digits.
    public let sha256: String

    /// Default bound on the elements of a file: 1 GiB, five times the largest sister of MNIST.
    public static let defaultElementLimit = 1 << 30

    /// Reads a file, compressed with gzip or plain; its first bytes tell which, not its name.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - expectedDimensions: What the file has to hold, where that is known; checked before memory is taken.
    ///   - elementLimit: The most elements accepted; checked before memory is taken.
    /// - Throws: `DatasetError` where the file cannot be read, is damaged or truncated, holds bytes past its end, is
    ///   no IDX file of unsigned bytes, or has other or larger dimensions than allowed.
    public init(
        contentsOf url: URL, expecting expectedDimensions: [Int]? = nil,
        elementLimit: Int = defaultElementLimit
    ) throws(DatasetError) {
        let reader = try ContentReader(url, isHashed: true)
        dimensions = try Self.readHeader(reader)
        let count = try Self.elementCount(of: dimensions, limit: elementLimit, file: reader.path)
        if let expectedDimensions, dimensions != expectedDimensions {
            throw .wrongDimensions(file: reader.path, expected: expectedDimensions, found: dimensions)
        }
        elements = try Self.readElements(count, from: reader)
        sha256 = reader.sha256
    }

    /// Reads the first elements of a file and no more: what follows them, and with it the hash, is not looked at.
    ///
    /// - Parameters:
    ///   - count: Elements to read, at most the product of the dimensions.
    ///   - expectedDimensions: What the file has to hold by its header.
    /// - Throws: `DatasetError` as `init(contentsOf:expecting:elementLimit:)` does, for faults up to there.
    static func firstElements(
        _ count: Int, of url: URL, expecting expectedDimensions: [Int]
    ) throws(DatasetError) -> [UInt8] {
        let reader = try ContentReader(url, isHashed: false)
        let dimensions = try readHeader(reader)
        guard dimensions == expectedDimensions else {
            throw .wrongDimensions(file: reader.path, expected: expectedDimensions, found: dimensions)
        }
        return try readPart(count, of: reader) {
            .idxElementsMissing(file: reader.path, expected: count, found: $0)
        }
    }

    /// Reads the dimensions in a file's header and nothing behind it.
    /// - Throws: `DatasetError` as `init(contentsOf:expecting:elementLimit:)` does, for faults up to there.
    static func dimensions(of url: URL) throws(DatasetError) -> [Int] {
        try readHeader(ContentReader(url, isHashed: false))
    }

    /// Reads and checks the header; returns the dimensions.
    private static func readHeader(_ reader: ContentReader) throws(DatasetError) -> [Int] {
        let magic = try readHeaderPart(4, of: reader)
        guard magic[0] == 0, magic[1] == 0 else {
            throw reader.looksLikeWebPage
                ? .webPage(file: reader.path) : .notIDX(file: reader.path, start: magic)
        }
        guard magic[2] == 8 else { throw .idxElementType(file: reader.path, code: magic[2]) }
        let rank = Int(magic[3])
        guard rank > 0 else { throw .idxRankZero(file: reader.path) }
        let sizes = try readHeaderPart(4 * rank, of: reader)
        return (0..<rank).map { axis in
            sizes[4 * axis..<4 * axis + 4].reduce(0) { $0 << 8 | Int($1) }
        }
    }

    private static func readHeaderPart(_ count: Int, of reader: ContentReader) throws(DatasetError) -> [UInt8]
    {
        try readPart(count, of: reader) { _ in
            reader.looksLikeWebPage ? .webPage(file: reader.path) : .idxHeaderTruncated(file: reader.path)
        }
    }

    /// Reads some bytes.
    /// - Parameter fault: What is wrong where only so many are left.
    private static func readPart(
        _ count: Int, of reader: ContentReader, fault: (Int) -> DatasetError
    ) throws(DatasetError) -> [UInt8] {
        var result: Result<Int, DatasetError> = .success(0)
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let bytes = UnsafeMutableRawBufferPointer(
                rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count])
            result = Result { () throws(DatasetError) in try reader.read(into: bytes) }
            filled = (try? result.get()) ?? 0
        }
        let found = try result.get()
        guard found == count else { throw fault(found) }
        return bytes
    }

    private static func elementCount(
        of dimensions: [Int], limit: Int, file: String
    ) throws(DatasetError) -> Int {
        var count = 1
        // Without its zeros, so that none hides an overflow of the others.
        for size in dimensions where size > 0 {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard !overflow, product <= limit else {
                throw .idxTooLarge(file: file, dimensions: dimensions, limit: limit)
            }
            count = product
        }
        return dimensions.contains(0) ? 0 : count
    }

    private static func readElements(
        _ count: Int, from reader: ContentReader
    ) throws(DatasetError) -> [UInt8] {
        let elements = try readPart(count, of: reader) {
            .idxElementsMissing(file: reader.path, expected: count, found: $0)
        }
        guard try reader.isAtEnd() else {
            throw .idxTrailingBytes(file: reader.path, expected: count)
        }
        return elements
    }
}
