import Files
import Foundation
import ModelFormats
import TestSupport
import Testing

@Suite struct SafetensorsFileTests {
    private typealias Fixtures = SafetensorsFixtures

    @Test func rank0IsRead() throws {
        let file = try SafetensorsFile(
            bytes: Fixtures.file(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}", data: [0, 0, 0x80, 0x3F]))
        #expect(file.tensors["a"]?.shape == [])
        #expect(try file.floats(of: "a") == [1])
    }

    @Test func emptyTensorIsRead() throws {
        let file = try SafetensorsFile(
            bytes: Fixtures.tensor(shape: "[3,0,2]", offsets: "[0,0]", byteCount: 0))
        #expect(file.tensors["a"]?.shape == [3, 0, 2])
        #expect(try file.floats(of: "a") == [])
    }

    @Test func entriesInAnyOrderAreRead() throws {
        let file = try SafetensorsFile(bytes: Fixtures.ranges([(3, 6), (0, 1), (1, 3)], byteCount: 6))
        #expect(file.names == ["b", "c", "a"])
        #expect(file.tensors["a"]?.byteRange == 3..<6)
    }

    @Test func paddedHeaderIsRead() throws {
        let file = try SafetensorsFile(bytes: Fixtures.file("{} \n\t\r   "))
        #expect(file.tensors.isEmpty)
        #expect(file.metadata.isEmpty)
    }

    @Test func escapesAreResolved() throws {
        let file = try SafetensorsFile(
            bytes: Fixtures.file(
                #"{"__metadata__":{"\"\\\/\b\f\n\r\t":"\u0000\u00e9\u20AC\uD83D\uDE00\ud800\udc00"}}"#))
        #expect(file.metadata == ["\"\\/\u{8}\u{C}\n\r\t": "\0é€😀\u{10000}"])
    }

    @Test func unalignedElementsAreRead() throws {
        let header =
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[1,9]},"
            + "\"c\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[9,17]}}"
        let file = try SafetensorsFile(
            bytes: Fixtures.file(
                header,
                data: [9, 0, 0, 0x80, 0x3F, 0, 0, 0x20, 0xC0, 0xFE, 255, 255, 255, 255, 255, 255, 255]))
        #expect(try file.bytes(of: "a") == [9])
        #expect(try file.floats(of: "b") == [1, -2.5])
        #expect(try file.integers(of: "c") == [-2])

        var floats: [Float] = [0, 0, 7]
        try floats.withUnsafeMutableBufferPointer { buffer in
            try file.copyFloats(of: "b", to: UnsafeMutableBufferPointer(rebasing: buffer[..<2]))
        }
        #expect(floats == [1, -2.5, 7])
    }

    @Test func missingTensorIsNamed() throws {
        let file = try SafetensorsFile(bytes: Fixtures.tensor(), path: "model")
        #expect(throws: SafetensorsError(path: "model", fault: .tensorNotFound("b"))) {
            try file.floats(of: "b")
        }
    }

    @Test func elementsOfAnotherTypeAreRefused() throws {
        let file = try SafetensorsFile(bytes: Fixtures.tensor())
        let fault = SafetensorsError.Fault.wrongElementType(tensor: "a", expected: .int64, actual: .float32)
        #expect(throws: SafetensorsError(path: nil, fault: fault)) {
            try file.integers(of: "a")
        }
    }

    @Test func fileOnDiskIsWrittenAndRead() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.file("a.safetensors")
        var writer = SafetensorsWriter(metadata: ["format": "digits"])
        writer.add("bias", shape: [3], floats: [1, -0.0, .infinity])
        let weights: [Float] = [1, 2, 3, 4]
        try weights.withUnsafeBytes { memory in
            writer.add("weight", .float32, shape: [2, 2], borrowing: memory)
            try writer.write(to: path, replacing: false)
            let written = try DurableFile.read(path, maximumByteCount: 1000)
            #expect(written == writer.serialized())
        }
        let file = try SafetensorsFile(contentsOf: path)
        #expect(file.metadata == ["format": "digits"])
        #expect(try file.floats(of: "bias").map(\.bitPattern) == [0x3F80_0000, 0x8000_0000, 0x7F80_0000])
        #expect(try file.floats(of: "weight") == weights)

        let error = #expect(throws: SafetensorsError.self) {
            try SafetensorsFile(contentsOf: path, maximumByteCount: 100)
        }
        let cause = FileError(path: path, operation: .read, errorNumber: EFBIG)
        #expect(error?.fault == .unreadable(cause))
        #expect(error?.description == cause.description)
    }
}
